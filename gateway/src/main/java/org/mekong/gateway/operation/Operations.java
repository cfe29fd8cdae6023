package org.mekong.gateway.operation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of operations. Works in the caller's transaction. Thread-safe. */
@Singleton
public class Operations {

  private static final String COLUMNS =
      "operation_id, client_id, country, kind, purpose, state, created_at, expires_at, finished_at,"
          + " attempts, failure, due_at, event";
  private static final String INSERT =
      """
      INSERT INTO operation (operation_id, client_id, country, kind, purpose, state, created_at,
        expires_at, due_at, agency, idempotency_key, salt, body_digest, question)
      VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
  private static final String FIND =
      "SELECT " + COLUMNS + " FROM operation WHERE operation_id = ? AND client_id = ?";
  private static final String KEYED =
      "SELECT salt, body_digest, "
          + COLUMNS
          + " FROM operation WHERE client_id = ? AND idempotency_key = ?";
  private static final String CONTENT =
      "SELECT question, outcome FROM operation WHERE operation_id = ?";
  private static final String LIST =
      "SELECT "
          + COLUMNS
          + " FROM operation WHERE client_id = ? AND operation_id < ?"
          + " AND (?::text IS NULL OR state = ?) ORDER BY operation_id DESC LIMIT ?";
  private static final String SINCE =
      "SELECT "
          + COLUMNS
          + " FROM operation WHERE client_id = ? AND event > ? ORDER BY event LIMIT ?";
  private static final String LAST =
      "SELECT coalesce(max(event), 0) FROM operation WHERE client_id = ? AND event IS NOT NULL";
  private static final String PENDING =
      "SELECT count(*) FROM operation WHERE client_id = ? AND state = 'pending'";
  private static final String ORDER = "SELECT pg_advisory_xact_lock(hashtextextended(?, 7))";
  private static final String FINISH =
      """
      UPDATE operation SET state = ?, outcome = ?, finished_at = ?, claim = NULL,
        claimed_until = NULL, event = nextval('operation_event')
      WHERE operation_id = ? AND state = 'pending'""";
  private static final String CANCEL =
      """
      UPDATE operation SET state = 'cancelled', question = NULL, finished_at = ?,
        event = nextval('operation_event')
      WHERE operation_id = ? AND state = 'pending' AND attempts = 0""";
  private static final String FETCHED =
      "UPDATE operation SET fetched_at = ? WHERE operation_id = ? AND fetched_at IS NULL";
  private static final String ERASE =
      """
      UPDATE operation SET question = NULL, outcome = NULL
      WHERE finished_at IS NOT NULL AND question IS NOT NULL
        AND (finished_at < ? OR fetched_at < ?)""";
  private static final String FORGET = "DELETE FROM operation WHERE finished_at < ?";

  /** What makes an operation findable by the caller's key. */
  record KeyedBody(@Nullable String key, byte[] salt, byte[] digest) {}

  /** An operation that was made under a key. */
  record Known(Operation operation, KeyedBody body) {}

  /** What an operation holds of a person; nothing when it is erased. */
  record Content(byte @Nullable [] question, byte @Nullable [] outcome) {}

  /** Queues an operation; false when there is one under the same key. */
  boolean add(
      Connection transaction, Operation operation, String agency, KeyedBody body, byte[] question)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, operation.id());
      insert.setString(2, operation.clientId());
      insert.setString(3, operation.country());
      insert.setString(4, operation.kind());
      insert.setString(5, operation.purpose());
      insert.setObject(6, at(operation.createdAt()));
      insert.setObject(7, at(operation.expiresAt()));
      insert.setObject(8, at(operation.dueAt()));
      insert.setString(9, agency);
      insert.setString(10, body.key());
      insert.setBytes(11, body.salt());
      insert.setBytes(12, body.digest());
      insert.setBytes(13, question);
      return insert.executeUpdate() == 1;
    }
  }

  /** How many operations of a client wait. */
  int pending(Connection connection, String clientId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PENDING)) {
      select.setString(1, clientId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** An operation of a client. */
  public Optional<Operation> find(Connection connection, UUID id, String clientId)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, id);
      select.setString(2, clientId);
      return read(select).stream().findFirst();
    }
  }

  Optional<Known> find(Connection connection, String clientId, String key) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(KEYED)) {
      select.setString(1, clientId);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Known(
                    read(row),
                    new KeyedBody(key, row.getBytes("salt"), row.getBytes("body_digest"))))
            : Optional.empty();
      }
    }
  }

  Content content(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(CONTENT)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Content(row.getBytes(1), row.getBytes(2)) : new Content(null, null);
      }
    }
  }

  /** Operations of a client, the newest first. */
  List<Operation> list(
      Connection connection,
      String clientId,
      @Nullable UUID before,
      @Nullable State state,
      int limit)
      throws SQLException {
    String name = state == null ? null : state.wireName();
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setString(1, clientId);
      select.setObject(2, before == null ? new UUID(-1, -1) : before);
      select.setString(3, name);
      select.setString(4, name);
      select.setInt(5, limit);
      return read(select);
    }
  }

  /** Operations of a client that became final after an event, in that order. */
  public List<Operation> since(Connection connection, String clientId, long event, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SINCE)) {
      select.setString(1, clientId);
      select.setLong(2, event);
      select.setInt(3, limit);
      return read(select);
    }
  }

  /** The last event of a client. */
  public long last(Connection connection, String clientId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST)) {
      select.setString(1, clientId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Makes an operation final, once; false when it was before. Those of one client become final one
   * after the other, so that who has seen an event has seen all before it.
   */
  public boolean finish(
      Connection transaction, Operation operation, State state, byte[] outcome, Instant now)
      throws SQLException {
    order(transaction, operation.clientId());
    try (PreparedStatement update = transaction.prepareStatement(FINISH)) {
      update.setString(1, state.wireName());
      update.setBytes(2, outcome);
      update.setObject(3, at(now));
      update.setObject(4, operation.id());
      return update.executeUpdate() == 1;
    }
  }

  /** Withdraws an operation; false when an attempt was begun or it is final. */
  boolean cancel(Connection transaction, Operation operation, Instant now) throws SQLException {
    order(transaction, operation.clientId());
    try (PreparedStatement update = transaction.prepareStatement(CANCEL)) {
      update.setObject(1, at(now));
      update.setObject(2, operation.id());
      return update.executeUpdate() == 1;
    }
  }

  private static void order(Connection transaction, String clientId) throws SQLException {
    try (PreparedStatement lock = transaction.prepareStatement(ORDER)) {
      lock.setString(1, clientId);
      lock.execute();
    }
  }

  void fetched(Connection transaction, UUID id, Instant now) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(FETCHED)) {
      update.setObject(1, at(now));
      update.setObject(2, id);
      update.executeUpdate();
    }
  }

  /** Erases what was final or fetched before, and forgets what was final before; tells how many. */
  int clean(Connection transaction, Instant finished, Instant fetched, Instant forgotten)
      throws SQLException {
    try (PreparedStatement erase = transaction.prepareStatement(ERASE);
        PreparedStatement forget = transaction.prepareStatement(FORGET)) {
      erase.setObject(1, at(finished));
      erase.setObject(2, at(fetched));
      forget.setObject(1, at(forgotten));
      return erase.executeUpdate() + forget.executeUpdate();
    }
  }

  private static List<Operation> read(PreparedStatement select) throws SQLException {
    List<Operation> operations = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        operations.add(read(row));
      }
    }
    return operations;
  }

  /** The operation of a row with its columns. */
  public static Operation read(ResultSet row) throws SQLException {
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new Operation(
        row.getObject("operation_id", UUID.class),
        row.getString("client_id"),
        row.getString("country"),
        row.getString("kind"),
        row.getString("purpose"),
        State.ofWireName(row.getString("state")),
        instant(row, "created_at"),
        instant(row, "expires_at"),
        finished == null ? null : finished.toInstant(),
        row.getInt("attempts"),
        row.getString("failure"),
        instant(row, "due_at"),
        row.getObject("event", Long.class));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Its columns, for those who select them. */
  public static String columns() {
    return COLUMNS;
  }
}
