package org.mekong.registry.reading.past;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.People;

/**
 * Decides what of a person may be seen at all. Protection is of today, whatever moment is asked
 * for: who is withheld now was never there, and whoever was merged into somebody withheld neither.
 */
@ApplicationScoped
public class Sights {

  /** Merges follow one another at most so often; a longer chain leads nowhere. */
  private static final int LONGEST_CHAIN = 16;

  private final People people;

  Sights(People people) {
    this.people = people;
  }

  /** What there is to see of the current state of somebody. */
  public Sight now(Connection transaction, @Nullable Person person) throws SQLException {
    if (person == null || person.particulars().withheld()) {
      return new Sight.Nobody();
    }
    UUID survivor = person.mergedInto();
    return survivor == null ? new Sight.Present(person) : elsewhere(transaction, survivor);
  }

  /** What there is to see of somebody at a moment. */
  public Sight at(Connection transaction, Past past, Moment moment) throws SQLException {
    Sight today = now(transaction, past.last().orElse(null));
    if (today instanceof Sight.Nobody) {
      return today;
    }
    Optional<Person> then = past.at(moment);
    if (then.isEmpty()) {
      return new Sight.Nobody();
    }
    UUID survivor = then.get().mergedInto();
    return survivor == null ? new Sight.Present(then.get()) : elsewhere(transaction, survivor);
  }

  /** The end of a chain of merges; nobody, when it ends at somebody who may not be seen. */
  private Sight elsewhere(Connection transaction, UUID first) throws SQLException {
    UUID next = first;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      Optional<Person> found = people.find(transaction, new People.Key.ById(next));
      if (found.isEmpty() || found.get().particulars().withheld()) {
        return new Sight.Nobody();
      }
      UUID further = found.get().mergedInto();
      if (further == null) {
        return new Sight.Elsewhere(next);
      }
      next = further;
    }
    return new Sight.Nobody();
  }
}
