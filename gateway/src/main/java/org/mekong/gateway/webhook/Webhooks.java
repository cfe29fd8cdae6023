package org.mekong.gateway.webhook;

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

/** The table of webhooks. Works in the caller's transaction. Thread-safe. */
@Singleton
class Webhooks {

  private static final String SELECT =
      """
      SELECT webhook_id, url, state, reason, former_until, created_at,
        (SELECT count(*) FROM webhook_delivery d
         WHERE d.webhook_id = w.webhook_id AND d.state = 'pending') AS waiting,
        (SELECT count(*) FROM webhook_delivery d
         WHERE d.webhook_id = w.webhook_id AND d.state = 'dead') AS given
      FROM webhook w WHERE client_id = ? AND (?::uuid IS NULL OR webhook_id = ?)
      ORDER BY webhook_id""";
  private static final String INSERT =
      """
      INSERT INTO webhook (webhook_id, client_id, url, state, secret, created_at)
      VALUES (?, ?, ?, 'active', ?, ?)""";
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 8))";
  private static final String RENEW =
      """
      UPDATE webhook SET former_secret = secret, former_until = ?, secret = ?
      WHERE webhook_id = ? AND client_id = ?""";
  private static final String RESUME =
      "UPDATE webhook SET state = 'active', reason = NULL WHERE webhook_id = ? AND client_id = ?";
  private static final String DUE =
      "UPDATE webhook_delivery SET due_at = now() WHERE webhook_id = ? AND state = 'pending'";
  private static final String END = "DELETE FROM webhook WHERE webhook_id = ? AND client_id = ?";

  /** Webhooks of a client; others that change them wait until the transaction ends. */
  List<Webhook> hold(Connection transaction, String client) throws SQLException {
    try (PreparedStatement lock = transaction.prepareStatement(LOCK)) {
      lock.setString(1, client);
      lock.execute();
    }
    return list(transaction, client);
  }

  List<Webhook> list(Connection connection, String client) throws SQLException {
    return select(connection, client, null);
  }

  Optional<Webhook> find(Connection connection, String client, UUID id) throws SQLException {
    return select(connection, client, id).stream().findFirst();
  }

  private static List<Webhook> select(Connection connection, String client, @Nullable UUID id)
      throws SQLException {
    List<Webhook> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, client);
      select.setObject(2, id);
      select.setObject(3, id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          OffsetDateTime former = row.getObject("former_until", OffsetDateTime.class);
          found.add(
              new Webhook(
                  row.getObject("webhook_id", UUID.class),
                  row.getString("url"),
                  row.getString("state"),
                  row.getString("reason"),
                  former == null ? null : former.toInstant(),
                  row.getObject("created_at", OffsetDateTime.class).toInstant(),
                  row.getLong("waiting"),
                  row.getLong("given"),
                  null));
        }
      }
    }
    return found;
  }

  void add(Connection transaction, Webhook webhook, String client, byte[] secret)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, webhook.id());
      insert.setString(2, client);
      insert.setString(3, webhook.url());
      insert.setBytes(4, secret);
      insert.setObject(5, webhook.createdAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Puts a secret beside the one there is; false when there is no such webhook. */
  boolean renew(Connection transaction, String client, UUID id, byte[] secret, Instant until)
      throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(RENEW)) {
      update.setObject(1, until.atOffset(ZoneOffset.UTC));
      update.setBytes(2, secret);
      update.setObject(3, id);
      update.setString(4, client);
      return update.executeUpdate() == 1;
    }
  }

  /** Lets it go on, with what waits; false when there is no such webhook. */
  boolean resume(Connection transaction, String client, UUID id) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(RESUME);
        PreparedStatement due = transaction.prepareStatement(DUE)) {
      update.setObject(1, id);
      update.setString(2, client);
      boolean found = update.executeUpdate() == 1;
      if (found) {
        due.setObject(1, id);
        due.executeUpdate();
      }
      return found;
    }
  }

  /** Ends it, with its secrets and what waits; false when there is no such webhook. */
  boolean end(Connection transaction, String client, UUID id) throws SQLException {
    try (PreparedStatement delete = transaction.prepareStatement(END)) {
      delete.setObject(1, id);
      delete.setString(2, client);
      return delete.executeUpdate() == 1;
    }
  }
}
