package org.mekong.gateway.webhook.dispatch;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that this replica has the right to send, for a time. The database's clock decides.
 *
 * @param id the message's, the same at each attempt
 * @param operationState what became of the operation
 * @param attempts with this one
 * @param secrets sealed; the latest first
 */
record Delivery(
    UUID id,
    UUID webhook,
    String url,
    UUID operation,
    String operationState,
    int attempts,
    UUID token,
    List<byte[]> secrets) {

  private static final String TAKE =
      """
      UPDATE webhook_delivery d SET lease = ?,
        leased_until = now() + ? * interval '1 millisecond', attempts = attempts + 1
      FROM webhook w
      WHERE d.delivery_id = (SELECT e.delivery_id
          FROM webhook_delivery e JOIN webhook v USING (webhook_id)
          WHERE e.state = 'pending' AND v.state = 'active' AND e.due_at <= now()
            AND (e.leased_until IS NULL OR e.leased_until < now())
            AND e.webhook_id <> ALL (?)
          ORDER BY e.due_at LIMIT 1 FOR UPDATE OF e SKIP LOCKED)
        AND w.webhook_id = d.webhook_id
      RETURNING d.delivery_id, d.webhook_id, w.url, d.operation_id, d.operation_state, d.attempts,
        w.secret, CASE WHEN w.former_until > now() THEN w.former_secret END""";
  private static final String DONE =
      """
      UPDATE webhook_delivery SET state = ?, outcome = ?, status = ?, lease = NULL, leased_until = NULL,
        due_at = now() + ? * interval '1 millisecond', attempted_at = now()
      WHERE delivery_id = ? AND lease = ?""";
  private static final String STOP =
      "UPDATE webhook SET state = 'stopped', reason = ? WHERE webhook_id = ?";
  private static final String FORGET = "DELETE FROM webhook_delivery WHERE created_at < ?";

  Delivery {
    secrets = List.copyOf(secrets);
  }

  /** Claims what is due for longest, of other webhooks than these. */
  static Optional<Delivery> take(Connection connection, Duration length, Collection<UUID> without)
      throws SQLException {
    UUID token = UUID.randomUUID();
    Array busy = connection.createArrayOf("uuid", without.toArray());
    try (PreparedStatement update = connection.prepareStatement(TAKE)) {
      update.setObject(1, token);
      update.setLong(2, length.toMillis());
      update.setArray(3, busy);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        List<byte[]> secrets = new ArrayList<>();
        secrets.add(row.getBytes(7));
        byte @Nullable [] former = row.getBytes(8);
        if (former != null) {
          secrets.add(former);
        }
        return Optional.of(
            new Delivery(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getInt(6),
                token,
                secrets));
      }
    }
  }

  /**
   * Notes what came of it.
   *
   * @param state {@code pending}, {@code delivered} or {@code dead}
   * @param status what the receiver answered, if it did
   */
  void done(
      Connection connection, String state, String outcome, @Nullable Integer status, Duration pause)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(DONE)) {
      update.setString(1, state);
      update.setString(2, outcome);
      update.setObject(3, status, Types.INTEGER);
      update.setLong(4, pause.toMillis());
      update.setObject(5, id);
      update.setObject(6, token);
      update.executeUpdate();
    }
  }

  /** Stops the webhook until its client lets it go on. */
  void stop(Connection connection, String reason) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(STOP)) {
      update.setString(1, reason);
      update.setObject(2, webhook);
      update.executeUpdate();
    }
  }

  /** Forgets messages of before, whatever came of them; returns how many. */
  static int forget(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, before.atOffset(ZoneOffset.UTC));
      return delete.executeUpdate();
    }
  }
}
