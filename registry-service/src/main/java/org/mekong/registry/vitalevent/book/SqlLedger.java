package org.mekong.registry.vitalevent.book;

import java.sql.Connection;
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
import org.mekong.registry.person.storage.Households;
import org.mekong.registry.person.storage.Timelines;

/** The register's tables, in a transaction. */
record SqlLedger(Connection transaction, Timelines timelines, Numbering numbering)
    implements Ledger {

  @Override
  public Map<UUID, List<Timeline.Entry>> hold(Set<UUID> persons) throws SQLException {
    timelines.lock(transaction, persons);
    return timelines.entries(transaction, persons);
  }

  @Override
  public Set<UUID> household(UUID householdId) throws SQLException {
    return Households.hold(transaction, householdId);
  }

  @Override
  public Optional<RegisteredEvent> find(UUID eventId) throws SQLException {
    return EventTable.find(transaction, eventId);
  }

  @Override
  public String allocate(UUID personId, Particulars particulars) throws SQLException {
    return numbering.allocate(transaction, personId, particulars);
  }

  @Override
  public boolean isMismatch(Person person) {
    return numbering.isMismatch(person);
  }

  @Override
  public void write(
      List<RegisteredEvent> events, List<Timelines.Addition> additions, Map<UUID, UUID> reached)
      throws SQLException, ChangeRefused, Timelines.NumberTaken {
    for (RegisteredEvent event : events) {
      EventTable.add(transaction, event);
    }
    timelines.append(transaction, additions);
    for (Map.Entry<UUID, UUID> more : reached.entrySet()) {
      EventTable.reach(transaction, more.getValue(), more.getKey());
    }
  }
}
