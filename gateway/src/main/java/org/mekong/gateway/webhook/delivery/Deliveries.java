package org.mekong.gateway.webhook.delivery;

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

/** The table of deliveries, as clients see it. Works in the caller's transaction. Thread-safe. */
@Singleton
class Deliveries {

  private static final String LIST =
      """
      SELECT delivery_id, operation_id, operation_state, state, attempts, outcome, status,
        created_at, attempted_at
      FROM webhook_delivery
      WHERE webhook_id = ? AND (?::text IS NULL OR state = ?)
        AND (?::uuid IS NULL OR (created_at, delivery_id) < (?, ?))
      ORDER BY created_at DESC, delivery_id DESC LIMIT ?""";
  private static final String REVIVE =
      """
      UPDATE webhook_delivery SET state = 'pending', attempts = 0, due_at = now()
      WHERE webhook_id = ? AND state = 'dead' AND (?::uuid IS NULL OR delivery_id = ?)""";

  /**
   * Deliveries of a webhook, the latest first.
   *
   * @param state of these alone, or of any
   */
  List<DeliveryView> list(
      Connection connection,
      UUID webhook,
      @Nullable String state,
      Optional<DeliveryPage.Place> behind,
      int limit)
      throws SQLException {
    UUID id = behind.map(DeliveryPage.Place::id).orElse(null);
    Instant createdAt = behind.map(DeliveryPage.Place::createdAt).orElse(Instant.EPOCH);
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setObject(1, webhook);
      select.setString(2, state);
      select.setString(3, state);
      select.setObject(4, id);
      select.setObject(5, createdAt.atOffset(ZoneOffset.UTC));
      select.setObject(6, id);
      select.setInt(7, limit);
      List<DeliveryView> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(read(row));
        }
      }
      return found;
    }
  }

  private static DeliveryView read(ResultSet row) throws SQLException {
    OffsetDateTime attempted = row.getObject("attempted_at", OffsetDateTime.class);
    return new DeliveryView(
        row.getObject("delivery_id", UUID.class),
        row.getObject("operation_id", UUID.class),
        row.getString("operation_state"),
        row.getString("state"),
        row.getInt("attempts"),
        row.getString("outcome"),
        row.getObject("status", Integer.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        attempted == null ? null : attempted.toInstant());
  }

  /**
   * Lets dead letters wait again; how many.
   *
   * @param delivery one, or all of the webhook
   */
  int revive(Connection transaction, UUID webhook, @Nullable UUID delivery) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(REVIVE)) {
      update.setObject(1, webhook);
      update.setObject(2, delivery);
      update.setObject(3, delivery);
      return update.executeUpdate();
    }
  }
}
