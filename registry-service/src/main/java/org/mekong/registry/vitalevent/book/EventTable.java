package org.mekong.registry.vitalevent.book;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.residence.Place;
import org.mekong.registry.vitalevent.VitalEvent;

/** The rows of {@code vital_event}, with the one mapping that a single write and a load use. */
public final class EventTable {

  private static final String COLUMNS =
      "event_id, type, occurred_on, registered_on, province, recorded_at, supersedes, persons,"
          + " document";
  private static final String INSERT =
      "insert into vital_event (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?::uuid[], ?::json)";
  private static final String FIND =
      "select recorded_at, supersedes, persons, document from vital_event where event_id = ?";

  private static final String REACH =
      "update vital_event set persons = array_append(persons, ?)"
          + " where event_id = ? and not (? = any (persons))";

  private static final String ROLES =
      "select person_id, role from person_event where person_id = any (?) and event_id = ?";
  private static final String TAKEN_BACK =
      "select event_id from vital_event where supersedes = ? order by recorded_at";

  private EventTable() {}

  /** A COPY of rows in text format. */
  public static String copy() {
    return "copy vital_event (" + COLUMNS + ") from stdin";
  }

  /** The row of an event; {@code persons} is an array of text. */
  public static @Nullable Object[] row(RegisteredEvent registered) {
    Place place = registered.circumstances().occurredAt();
    return new @Nullable Object[] {
      registered.id(),
      registered.event().type(),
      registered.circumstances().occurredOn().toString(),
      registered.circumstances().registeredOn(),
      place == null ? null : place.province(),
      registered.recordedAt().atOffset(ZoneOffset.UTC),
      registered.supersedes(),
      registered.persons().stream().map(UUID::toString).toArray(String[]::new),
      EventJson.write(registered.event(), registered.circumstances())
    };
  }

  static void add(Connection transaction, RegisteredEvent registered) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      Object[] row = row(registered);
      for (int i = 0; i < row.length; i++) {
        insert.setObject(
            i + 1,
            row[i] instanceof String[] texts ? transaction.createArrayOf("text", texts) : row[i]);
      }
      insert.executeUpdate();
    }
  }

  /** Notes that an event reaches somebody more, as a death does whose marriage was told later. */
  static void reach(Connection transaction, UUID eventId, UUID personId) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(REACH)) {
      update.setObject(1, personId);
      update.setObject(2, eventId);
      update.setObject(3, personId);
      update.executeUpdate();
    }
  }

  /** An event as it was registered. */
  public static Optional<RegisteredEvent> find(Connection transaction, UUID eventId)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(FIND)) {
      select.setObject(1, eventId);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        EventJson.Document document = EventJson.read(row.getString("document"));
        return Optional.of(
            new RegisteredEvent(
                eventId,
                document.event(),
                document.circumstances(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getObject("supersedes", UUID.class),
                List.of((UUID[]) row.getArray("persons").getArray())));
      }
    }
  }

  /** What each of those touched was in an event. */
  public static Map<UUID, String> roles(Connection transaction, RegisteredEvent event)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(ROLES)) {
      select.setArray(1, transaction.createArrayOf("uuid", event.persons().toArray()));
      select.setObject(2, event.id());
      Map<UUID, String> roles = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          roles.put(rows.getObject(1, UUID.class), rows.getString(2));
        }
      }
      return roles;
    }
  }

  /** The event that takes another back, as long as it stands itself. */
  public static Optional<RegisteredEvent> takenBackBy(Connection transaction, UUID eventId)
      throws SQLException {
    List<UUID> takers = new ArrayList<>();
    try (PreparedStatement select = transaction.prepareStatement(TAKEN_BACK)) {
      select.setObject(1, eventId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          takers.add(rows.getObject(1, UUID.class));
        }
      }
    }
    for (UUID taker : takers.reversed()) {
      Optional<RegisteredEvent> by = takenBackBy(transaction, taker);
      boolean stands = by.isEmpty() || by.get().event() instanceof VitalEvent.Correction;
      if (stands) {
        return find(transaction, taker);
      }
    }
    return Optional.empty();
  }
}
