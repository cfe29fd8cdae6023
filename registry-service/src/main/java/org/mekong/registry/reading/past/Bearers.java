package org.mekong.registry.reading.past;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.People;

/**
 * Finds the record that a number pointed at when the register knew less: the number of a duplicate
 * finds the survivor today, and the duplicate before the merge was known.
 */
@ApplicationScoped
public class Bearers {

  private static final String DUPLICATES =
      "select persons[2] from vital_event where event_id = any (?) and type = 'merge'";
  private static final int LONGEST_CHAIN = 16;

  private final Pasts pasts;

  Bearers(Pasts pasts) {
    this.pasts = pasts;
  }

  /** The past that a key points at, as known at a moment. */
  public Optional<Past> find(Connection transaction, People.Key key, Moment moment)
      throws SQLException {
    Optional<Past> today = pasts.find(transaction, key);
    if (moment.knownAt() == null
        || today.isEmpty()
        || !(key instanceof People.Key.ByNumber(String number))) {
      return today;
    }
    Optional<Past> then = bearer(transaction, today.get(), number, moment, LONGEST_CHAIN);
    return then.isPresent() ? then : today;
  }

  private Optional<Past> bearer(
      Connection transaction, Past past, String number, Moment moment, int deep)
      throws SQLException {
    if (bore(past, number, moment)) {
      return Optional.of(past);
    }
    List<UUID> merges =
        past.known(null).stream()
            .filter(entry -> entry.role().equals("survivor"))
            .map(Timeline.Entry::eventId)
            .toList();
    if (merges.isEmpty() || deep == 0) {
      return Optional.empty();
    }
    try (PreparedStatement select = transaction.prepareStatement(DUPLICATES)) {
      select.setArray(1, transaction.createArrayOf("uuid", merges.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          UUID duplicate = rows.getObject(1, UUID.class);
          Optional<Past> of = pasts.find(transaction, new People.Key.ById(duplicate));
          Optional<Past> found =
              of.isEmpty()
                  ? Optional.empty()
                  : bearer(transaction, of.get(), number, moment, deep - 1);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the register knew the record under this number by then. */
  private static boolean bore(Past past, String number, Moment moment) {
    return past.versions(new Moment(null, moment.knownAt())).stream()
        .map(Timeline.Version::person)
        .flatMap(Bearers::numbers)
        .anyMatch(number::equals);
  }

  private static Stream<String> numbers(Person person) {
    return Stream.concat(Stream.of(person.personalNumber()), person.earlierNumbers().stream())
        .filter(Objects::nonNull);
  }
}
