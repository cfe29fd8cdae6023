package org.mekong.registry.vitalevent.book;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;

/**
 * What the scribe reads and writes for one event: in one transaction, which holds what it reads.
 */
public interface Ledger {

  /** Holds persons and reads everything recorded on them; those unknown are left out. */
  Map<UUID, List<Timeline.Entry>> hold(Set<UUID> persons) throws SQLException;

  /** Holds a household against others who would become its head: everyone who ever belonged. */
  Set<UUID> household(UUID householdId) throws SQLException;

  /** An event as it was registered. */
  Optional<RegisteredEvent> find(UUID eventId) throws SQLException;

  /** Gives a number. */
  String allocate(UUID personId, Particulars particulars) throws SQLException;

  /** Whether a person's number is another than one of their facts of birth would be. */
  boolean isMismatch(Person person);

  /**
   * Writes events, of which all but the first follow from it, and what they add together.
   *
   * @param reached events registered before that reach somebody more, by whom they reach
   */
  void write(
      List<RegisteredEvent> events, List<Timelines.Addition> additions, Map<UUID, UUID> reached)
      throws SQLException, ChangeRefused, Timelines.NumberTaken;
}
