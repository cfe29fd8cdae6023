package org.mekong.registry.webhook.delivery;

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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.webhook.Webhooks;

/** The table of deliveries. Works in the caller's transaction. Thread-safe. */
@Singleton
public final class Deliveries {

  private static final String COLUMNS =
      "delivery_id, webhook_id, after, last, types, provinces, entries, state, attempts, outcome,"
          + " status, created_at, attempted_at";
  private static final String SELECT = "select " + COLUMNS + " from webhook_delivery";
  private static final String INSERT =
      "insert into webhook_delivery (delivery_id, webhook_id, after, last, types, provinces, entries,"
          + " state, attempts, created_at) values (?, ?, ?, ?, ?, ?, ?, 'pending', 0, ?)";
  private static final String ATTEMPTED =
      "update webhook_delivery set state = ?, attempts = ?, outcome = ?, status = ?,"
          + " attempted_at = ? where delivery_id = ? and state = 'pending' and attempts = ?";
  private static final String REVIVE =
      "update webhook_delivery set state = 'pending', attempts = 0"
          + " where webhook_id = ? and state = 'dead' and (?::uuid is null or delivery_id = ?)";
  private static final String FORGET =
      "delete from webhook_delivery where delivery_id in (select delivery_id from webhook_delivery"
          + " where state <> 'pending' and created_at < ? limit ?)";

  /** Adds one that waits. */
  public void add(Connection transaction, Delivery delivery) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, delivery.id());
      insert.setObject(2, delivery.webhookId());
      insert.setLong(3, delivery.after());
      insert.setLong(4, delivery.last());
      insert.setArray(5, Webhooks.texts(transaction, delivery.filter().types()));
      insert.setArray(6, Webhooks.texts(transaction, delivery.filter().provinces()));
      insert.setInt(7, delivery.entries());
      insert.setObject(8, at(delivery.createdAt()));
      insert.executeUpdate();
    }
  }

  /** The oldest that waits, of a webhook. */
  public Optional<Delivery> pending(Connection connection, UUID webhook) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + " where webhook_id = ? and state = 'pending' order by delivery_id limit 1")) {
      select.setObject(1, webhook);
      return read(select).stream().findFirst();
    }
  }

  /** Notes what came of an attempt, unless the delivery was replaced meanwhile. */
  public void attempted(Connection transaction, Delivery after) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(ATTEMPTED)) {
      update.setString(1, word(after.state()));
      update.setInt(2, after.attempts());
      update.setString(3, after.outcome());
      update.setObject(4, after.status());
      update.setObject(5, after.attemptedAt() == null ? null : at(after.attemptedAt()));
      update.setObject(6, after.id());
      update.setInt(7, after.attempts() - 1);
      update.executeUpdate();
    }
  }

  /**
   * Lets dead letters wait again.
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

  /** Forgets what was done with before an instant; returns how many. */
  int forget(Connection connection, Instant before, int most) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, at(before));
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }

  /**
   * Deliveries of a webhook, the latest first.
   *
   * @param state of these alone, or of any
   */
  List<Delivery> list(
      Connection connection,
      UUID webhook,
      Delivery.@Nullable State state,
      @Nullable UUID before,
      int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + " where webhook_id = ? and (?::uuid is null or delivery_id < ?)"
                + " and (?::text is null or state = ?) order by delivery_id desc limit ?")) {
      select.setObject(1, webhook);
      select.setObject(2, before);
      select.setObject(3, before);
      String word = state == null ? null : word(state);
      select.setString(4, word);
      select.setString(5, word);
      select.setInt(6, limit);
      return read(select);
    }
  }

  /** A state as it is called in API and table. */
  static String word(Delivery.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static List<Delivery> read(PreparedStatement select) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        OffsetDateTime attempted = row.getObject("attempted_at", OffsetDateTime.class);
        deliveries.add(
            new Delivery(
                row.getObject("delivery_id", UUID.class),
                row.getObject("webhook_id", UUID.class),
                row.getLong("after"),
                row.getLong("last"),
                Webhooks.filter(row),
                row.getInt("entries"),
                Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getString("outcome"),
                row.getObject("status", Integer.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                attempted == null ? null : attempted.toInstant()));
      }
    }
    return deliveries;
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
