package org.mekong.registry.statistics.count;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * Keeps the figures in step with the persons, in the transaction that changes them: takes away what
 * the lives added before, adds what they add now. Costs one statement where a figure changes, and
 * one more where an event is counted.
 */
@ApplicationScoped
public class Tally implements Timelines.Projection {

  private final NationProfile profile;

  Tally(NationProfile profile) {
    this.profile = profile;
  }

  /** Somebody whom a bulk load brings, with all that happened to them. */
  public record Newcomer(UUID personId, Timeline life) {}

  @Override
  public void update(
      Connection transaction, List<Timelines.Addition> additions, Map<UUID, Timeline> lives)
      throws SQLException {
    Parts parts = new Parts(profile);
    for (Timelines.Addition addition : additions) {
      UUID person = addition.personId();
      if (addition.from() > 0) {
        List<Timeline.Entry> before = addition.entries().subList(0, addition.from());
        parts.add(person, Timeline.asFarAsItHolds(before), -1);
      }
      parts.add(person, lives.get(person), 1);
    }
    Figures figures = new Figures();
    figures.add(transaction, parts);
    Counters.add(transaction, figures.amounts());
  }

  /**
   * Adds what newcomers bring who are loaded without {@link Timelines}: one statement for all.
   *
   * @param events everything that happened to them, with what was corrected
   */
  public static void addInBulk(
      Connection transaction,
      NationProfile profile,
      Collection<Newcomer> newcomers,
      Collection<RegisteredEvent> events)
      throws SQLException {
    Parts parts = new Parts(profile);
    for (Newcomer newcomer : newcomers) {
      parts.add(newcomer.personId(), newcomer.life(), 1);
    }
    Figures figures = new Figures();
    figures.add(parts, EventFacts.of(events));
    Counters.add(transaction, figures.amounts());
  }
}
