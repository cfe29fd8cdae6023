package org.mekong.registry.webhook;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedFilter;

/** The table of webhooks. Works in the caller's transaction. Thread-safe. */
@Singleton
public final class Webhooks {

  private static final String COLUMNS =
      "webhook_id, url, types, provinces, state, reason, position, former_until, created_at,"
          + " changed_at, version";
  private static final String INSERT =
      "insert into webhook (webhook_id, url, types, provinces, state, secret, position, due_at,"
          + " version, created_at, created_by, changed_at)"
          + " values (?, ?, ?, ?, 'active', ?, ?, ?, 1, ?, ?, ?)";
  private static final String CHANGE =
      "update webhook set url = ?, types = ?, provinces = ?, state = ?, reason = ?, position = ?,"
          + " changed_at = ?, version = version + 1, due_at = now(),"
          + " secret = case when ? = 'ended' then null else secret end,"
          + " former_secret = case when ? = 'ended' then null else former_secret end"
          + " where webhook_id = ?";
  private static final String RENEW =
      "update webhook set former_secret = secret, former_until = ?, secret = ?, changed_at = ?,"
          + " version = version + 1 where webhook_id = ?";

  /** How many there are that are not ended; others wait to count until the transaction ends. */
  int count(Connection transaction) throws SQLException {
    try (PreparedStatement lock =
            transaction.prepareStatement("lock table webhook in share row exclusive mode");
        PreparedStatement select =
            transaction.prepareStatement("select count(*) from webhook where state <> 'ended'")) {
      lock.execute();
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  void add(Connection transaction, Webhook webhook, byte[] secret, String by) throws SQLException {
    OffsetDateTime created = webhook.createdAt().atOffset(ZoneOffset.UTC);
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, webhook.id());
      insert.setString(2, webhook.url());
      insert.setArray(3, texts(transaction, webhook.filter().types()));
      insert.setArray(4, texts(transaction, webhook.filter().provinces()));
      insert.setBytes(5, secret);
      insert.setLong(6, webhook.position());
      insert.setObject(7, created);
      insert.setObject(8, created);
      insert.setString(9, by);
      insert.setObject(10, created);
      insert.executeUpdate();
    }
  }

  /** Puts a webhook in the place of what it was, and makes it due. */
  public void put(Connection transaction, Webhook webhook) throws SQLException {
    String state = word(webhook.state());
    try (PreparedStatement update = transaction.prepareStatement(CHANGE)) {
      update.setString(1, webhook.url());
      update.setArray(2, texts(transaction, webhook.filter().types()));
      update.setArray(3, texts(transaction, webhook.filter().provinces()));
      update.setString(4, state);
      update.setString(5, webhook.reason());
      update.setLong(6, webhook.position());
      update.setObject(7, webhook.changedAt().atOffset(ZoneOffset.UTC));
      update.setString(8, state);
      update.setString(9, state);
      update.setObject(10, webhook.id());
      update.executeUpdate();
    }
  }

  /** Notes how far deliveries cover the feed. */
  public void advance(Connection transaction, UUID id, long position) throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement("update webhook set position = ? where webhook_id = ?")) {
      update.setLong(1, position);
      update.setObject(2, id);
      update.executeUpdate();
    }
  }

  /** Gives up what waits for delivery. */
  public void giveUp(Connection transaction, UUID id) throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement(
            "update webhook_delivery set state = 'replaced'"
                + " where webhook_id = ? and state = 'pending'")) {
      update.setObject(1, id);
      update.executeUpdate();
    }
  }

  /** Puts a new secret beside the one there is. */
  void renew(Connection transaction, Webhook webhook, byte[] secret) throws SQLException {
    OffsetDateTime until =
        webhook.formerUntil() == null ? null : webhook.formerUntil().atOffset(ZoneOffset.UTC);
    try (PreparedStatement update = transaction.prepareStatement(RENEW)) {
      update.setObject(1, until);
      update.setBytes(2, secret);
      update.setObject(3, webhook.changedAt().atOffset(ZoneOffset.UTC));
      update.setObject(4, webhook.id());
      update.executeUpdate();
    }
  }

  /** A webhook. */
  public Optional<Webhook> find(Connection connection, UUID id) throws SQLException {
    return one(connection, id, "");
  }

  /** A webhook, held until the transaction ends. */
  public Optional<Webhook> hold(Connection transaction, UUID id) throws SQLException {
    return one(transaction, id, " for update");
  }

  private static Optional<Webhook> one(Connection connection, UUID id, String held)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select " + COLUMNS + " from webhook where webhook_id = ?" + held)) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  /** Webhooks, the oldest first, ended ones too. */
  List<Webhook> list(Connection connection, @Nullable UUID after, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + " from webhook where webhook_id > ? order by webhook_id limit ?")) {
      select.setObject(1, after == null ? new UUID(0, 0) : after);
      select.setInt(2, limit);
      return read(select);
    }
  }

  private static List<Webhook> read(PreparedStatement select) throws SQLException {
    List<Webhook> webhooks = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        webhooks.add(read(row));
      }
    }
    return webhooks;
  }

  /** The webhook of a row with its columns. */
  static Webhook read(ResultSet row) throws SQLException {
    OffsetDateTime former = row.getObject("former_until", OffsetDateTime.class);
    return new Webhook(
        row.getObject("webhook_id", UUID.class),
        row.getString("url"),
        filter(row),
        Webhook.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("reason"),
        row.getLong("position"),
        former == null ? null : former.toInstant(),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getInt("version"));
  }

  /** A state as it is called in API and table. */
  static String word(Webhook.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Set<String> texts(ResultSet row, String column) throws SQLException {
    return Set.copyOf(Arrays.asList((String[]) row.getArray(column).getArray()));
  }

  /** The filter of a row with its columns. */
  public static FeedFilter filter(ResultSet row) throws SQLException {
    return new FeedFilter(texts(row, "types"), texts(row, "provinces"));
  }

  /** Texts for a column of them. */
  public static Array texts(Connection connection, Set<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }
}
