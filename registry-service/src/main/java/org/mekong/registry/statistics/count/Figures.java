package org.mekong.registry.statistics.count;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Parts of lives, added up by figure. Not thread-safe. */
final class Figures {

  private final Map<Key, Long> amounts = new HashMap<>();

  /** Amounts by figure; nothing that cancelled out. */
  Map<Key, Long> amounts() {
    return amounts;
  }

  /** Adds parts, and reads of events what is not known without them. */
  void add(Connection connection, Parts parts) throws SQLException {
    Set<UUID> events = new HashSet<>();
    for (Part part : parts.amounts().keySet()) {
      if (part instanceof Part.Happened happened) {
        events.add(happened.eventId());
      }
    }
    add(parts, events.isEmpty() ? Map.of() : EventFacts.read(connection, events));
  }

  /** Adds parts, with the facts of their events. */
  void add(Parts parts, Map<UUID, EventFacts> facts) {
    parts
        .amounts()
        .forEach(
            (part, amount) ->
                key(part, facts)
                    .ifPresent(
                        key -> amounts.merge(key, amount, (a, b) -> a + b == 0 ? null : a + b)));
  }

  private static Optional<Key> key(Part part, Map<UUID, EventFacts> facts) {
    return switch (part) {
      case Part.Held held -> Optional.of(Key.PERSONS);
      case Part.Lived(int month, String province, int sex, int cohort) ->
          Optional.of(new Key(Kind.POPULATION, month, province, "", sex, cohort));
      case Part.Moved(int month, String from, String to, int sex) ->
          Optional.of(new Key(Kind.MIGRATION, month, from, to, sex, 0));
      case Part.Happened happened ->
          Optional.ofNullable(facts.get(happened.eventId())).flatMap(of -> key(happened, of));
    };
  }

  private static Optional<Key> key(Part.Happened happened, EventFacts facts) {
    int month = Months.of(facts.registeredOn());
    if (month < Months.FIRST) {
      return Optional.empty();
    }
    boolean couple = happened.side() == Part.Side.SPOUSE;
    return Kind.ofEvent(facts.type())
        .filter(kind -> side(kind) == happened.side())
        .map(
            kind ->
                new Key(
                    kind,
                    month,
                    couple ? facts.province() : happened.province(),
                    "",
                    happened.sex(),
                    Delay.of(happened.occurredOn(), facts.registeredOn()).code()));
  }

  private static Part.Side side(Kind kind) {
    return switch (kind) {
      case LIVE_BIRTH -> Part.Side.CHILD;
      case DEATH -> Part.Side.DECEASED;
      case MARRIAGE, DIVORCE -> Part.Side.SPOUSE;
      case PERSON, POPULATION, MIGRATION ->
          throw new IllegalArgumentException("Nobody's event: " + kind);
    };
  }
}
