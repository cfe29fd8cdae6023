package org.mekong.registry.webhook.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to deliver to a webhook, which one replica has at a time and for a time only: who dies
 * with it, or is held up longer than it lasts, loses it. The database's clock decides.
 *
 * @param secrets sealed; the latest first
 */
record Lease(UUID webhookId, UUID token, List<byte[]> secrets) {

  private static final String DUE =
      "select webhook_id from webhook w where state = 'active' and due_at <= now()"
          + " and (leased_until is null or leased_until < now()) and (position < ? or exists"
          + " (select from webhook_delivery d where d.webhook_id = w.webhook_id"
          + " and d.state = 'pending')) order by due_at";
  private static final String TAKE =
      "update webhook set lease = ?, leased_until = now() + ? * interval '1 millisecond'"
          + " where webhook_id = (select webhook_id from webhook where webhook_id = ?"
          + " and state = 'active' and due_at <= now()"
          + " and (leased_until is null or leased_until < now()) for update skip locked)"
          + " returning secret, case when former_until > now() then former_secret end";
  private static final String HELD =
      "select 1 from webhook where webhook_id = ? and lease = ? for update";
  private static final String LEAVE =
      "update webhook set lease = null, leased_until = null,"
          + " due_at = case when ? > 0 then now() + ? * interval '1 millisecond' else due_at end"
          + " where webhook_id = ? and lease = ?";

  Lease {
    secrets = List.copyOf(secrets);
  }

  /** Webhooks to which something may be delivered now, and that nobody delivers to. */
  static List<UUID> due(Connection connection, long position) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(DUE)) {
      select.setLong(1, position);
      List<UUID> due = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          due.add(row.getObject(1, UUID.class));
        }
      }
      return due;
    }
  }

  /** Takes the lease of a webhook, if it is to be had and something may be delivered. */
  static Optional<Lease> take(Connection connection, UUID webhook, Duration length)
      throws SQLException {
    UUID token = UUID.randomUUID();
    try (PreparedStatement update = connection.prepareStatement(TAKE)) {
      update.setObject(1, token);
      update.setLong(2, length.toMillis());
      update.setObject(3, webhook);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        List<byte[]> secrets = new ArrayList<>();
        secrets.add(row.getBytes(1));
        byte @Nullable [] former = row.getBytes(2);
        if (former != null) {
          secrets.add(former);
        }
        return Optional.of(new Lease(webhook, token, secrets));
      }
    }
  }

  /** Whether the lease is still the one that counts; if so, until the transaction ends. */
  boolean hold(Connection transaction) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(HELD)) {
      select.setObject(1, webhookId);
      select.setObject(2, token);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Gives it back; nobody takes it before the pause is over. */
  void leave(Connection connection, Duration pause) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(LEAVE)) {
      update.setLong(1, pause.toMillis());
      update.setLong(2, pause.toMillis());
      update.setObject(3, webhookId);
      update.setObject(4, token);
      update.executeUpdate();
    }
  }
}
