package org.mekong.registry.statistics.count;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * What is counted of an event itself. A correction replaces what was registered, not when: its type
 * and day of registration are those of what was registered first.
 *
 * @param province where it occurred; empty for elsewhere or not stated
 */
record EventFacts(String type, LocalDate registeredOn, String province) {

  private static final String CORRECTION = "correction";
  private static final String SELECT =
      "select event_id, type, registered_on, province, supersedes from vital_event"
          + " where event_id = any (?)";

  private record Row(EventFacts facts, @Nullable UUID supersedes) {
    boolean isCorrection() {
      return facts.type.equals(CORRECTION) && supersedes != null;
    }
  }

  /** The facts of events, by event; an unknown event has none. */
  static Map<UUID, EventFacts> read(Connection connection, Set<UUID> events) throws SQLException {
    Map<UUID, Row> rows = new HashMap<>();
    Set<UUID> missing = new HashSet<>(events);
    while (!missing.isEmpty()) {
      Map<UUID, Row> found = select(connection, missing);
      rows.putAll(found);
      missing = new HashSet<>();
      for (Row row : found.values()) {
        if (row.isCorrection() && !rows.containsKey(row.supersedes)) {
          missing.add(row.supersedes);
        }
      }
    }
    return resolved(events, rows);
  }

  /** The same of events in hand, with those that they correct among them. */
  static Map<UUID, EventFacts> of(Collection<RegisteredEvent> events) {
    Map<UUID, Row> rows = new HashMap<>();
    for (RegisteredEvent event : events) {
      var place = event.circumstances().occurredAt();
      rows.put(
          event.id(),
          new Row(
              new EventFacts(
                  event.event().type(),
                  event.circumstances().registeredOn(),
                  place == null ? "" : Objects.requireNonNullElse(place.province(), "")),
              event.supersedes()));
    }
    return resolved(rows.keySet(), rows);
  }

  private static Map<UUID, EventFacts> resolved(Set<UUID> events, Map<UUID, Row> rows) {
    Map<UUID, EventFacts> resolved = new HashMap<>();
    for (UUID event : events) {
      Row row = rows.get(event);
      if (row == null) {
        continue;
      }
      Row first = row;
      while (first != null && first.isCorrection()) {
        first = rows.get(first.supersedes);
      }
      if (first != null) {
        resolved.put(
            event, new EventFacts(first.facts.type, first.facts.registeredOn, row.facts.province));
      }
    }
    return resolved;
  }

  private static Map<UUID, Row> select(Connection connection, Set<UUID> events)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("uuid", events.toArray()));
      Map<UUID, Row> found = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(
              row.getObject(1, UUID.class),
              new Row(
                  new EventFacts(
                      row.getString(2),
                      row.getObject(3, LocalDate.class),
                      Objects.requireNonNullElse(row.getString(4), "")),
                  row.getObject(5, UUID.class)));
        }
      }
      return found;
    }
  }
}
