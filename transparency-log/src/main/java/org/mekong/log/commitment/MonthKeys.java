package org.mekong.log.commitment;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The month keys in table {@code log_month_key}, wrapped by a key-encryption key. Thread-safe.
 *
 * <p>What makes a backup of commitments unreadable is that the month key it was sealed under is no
 * more. So this table must not lie in the same backups: keep it in a database of its own, or
 * exclude it.
 */
public final class MonthKeys {
  /** How long a replica may go on using a key after another one has retired it. */
  static final Duration GRACE = Duration.ofMinutes(2);

  private static final Duration CURRENT_FOR = Duration.ofSeconds(30);
  private static final Duration PREPARED_FOR = Duration.ofSeconds(60);
  private static final Duration USED_FOR = Duration.ofSeconds(90);
  private static final String INSERT =
      "INSERT INTO log_month_key (key_id, month, wrapped_key, created_at) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String CURRENT =
      "SELECT key_id, wrapped_key FROM log_month_key WHERE month = ? AND retired_at IS NULL";
  private static final String ALL = "SELECT key_id, wrapped_key, retired_at FROM log_month_key";
  private static final String ONE =
      "SELECT key_id, wrapped_key FROM log_month_key WHERE key_id = ?";
  private static final String RETIRE =
      "UPDATE log_month_key SET retired_at = ? WHERE retired_at IS NULL";
  private static final String DELETE = "DELETE FROM log_month_key WHERE key_id = ?";

  private final DataSource database;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final SecretKey keyEncryptionKey;
  private final Clock clock;
  private final Map<UUID, MonthKey> unwrapped = new ConcurrentHashMap<>();
  private volatile @Nullable Current current;

  private record Current(YearMonth month, Instant readAt, MonthKey key) {}

  record Stored(MonthKey key, Optional<Instant> retiredAt) {}

  /**
   * @param database where table {@code log_month_key} is
   * @param keyEncryptionKey an AES key of 256 bits that is kept elsewhere
   */
  public MonthKeys(DataSource database, SecretKey keyEncryptionKey, Clock clock) {
    this.database = database;
    this.keyEncryptionKey = keyEncryptionKey;
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  /**
   * Sees to it that {@link #current} needs no connection for a while. To be called before a
   * transaction begins: where every connection of a pool is held by a transaction that waits for
   * one more, all wait in vain.
   */
  void prepare() throws SQLException {
    Instant now = clock.instant();
    if (isUsable(current, now, CURRENT_FOR)) {
      return;
    }
    if (!isUsable(current, now, PREPARED_FOR)) {
      refreshing.lock();
    } else if (!refreshing.tryLock()) {
      return; // somebody else is at it
    }
    try {
      refresh(now, CURRENT_FOR);
    } finally {
      refreshing.unlock();
    }
  }

  /** The key to seal with now. */
  MonthKey current() throws SQLException {
    Instant now = clock.instant();
    Current known = current;
    if (known != null && isUsable(known, now, USED_FOR)) {
      return known.key();
    }
    refreshing.lock();
    try {
      return refresh(now, USED_FOR);
    } finally {
      refreshing.unlock();
    }
  }

  private MonthKey refresh(Instant now, Duration atMost) throws SQLException {
    Current known = current;
    if (known != null && isUsable(known, now, atMost)) {
      return known.key();
    }
    YearMonth month = month(now);
    MonthKey key = findOrMake(month, now);
    current = new Current(month, now, key);
    return key;
  }

  private static boolean isUsable(@Nullable Current known, Instant now, Duration atMost) {
    return known != null
        && known.month().equals(month(now))
        && now.isBefore(known.readAt().plus(atMost));
  }

  private static YearMonth month(Instant now) {
    return YearMonth.from(now.atOffset(ZoneOffset.UTC));
  }

  private MonthKey findOrMake(YearMonth month, Instant now) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Optional<MonthKey> found = find(connection, CURRENT, month.toString());
      if (found.isPresent()) {
        return found.get();
      }
      MonthKey made = MonthKey.generate();
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setObject(1, made.id());
        insert.setString(2, month.toString());
        insert.setBytes(3, made.wrap(keyEncryptionKey));
        insert.setObject(4, now.atOffset(ZoneOffset.UTC));
        insert.executeUpdate();
      }
      return find(connection, CURRENT, month.toString()).orElseThrow();
    }
  }

  /** A key by its id; empty when it was forgotten. */
  Optional<MonthKey> find(UUID id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return find(connection, ONE, id);
    }
  }

  private Optional<MonthKey> find(Connection connection, String query, Object parameter)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, parameter);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(key(row)) : Optional.empty();
      }
    }
  }

  List<Stored> all() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(ALL);
        ResultSet rows = select.executeQuery()) {
      List<Stored> keys = new ArrayList<>();
      while (rows.next()) {
        OffsetDateTime retired = rows.getObject(3, OffsetDateTime.class);
        keys.add(
            new Stored(key(rows), Optional.ofNullable(retired).map(OffsetDateTime::toInstant)));
      }
      return keys;
    }
  }

  private MonthKey key(ResultSet row) throws SQLException {
    UUID id = row.getObject(1, UUID.class);
    MonthKey known = unwrapped.get(id);
    if (known != null) {
      return known;
    }
    try {
      MonthKey key = MonthKey.unwrap(id, row.getBytes(2), keyEncryptionKey);
      unwrapped.put(id, key);
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a month key does not unwrap: another key-encryption key made it", e);
    }
  }

  /** Retires every key; the next commitment is sealed under a new one. */
  void retireAll() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(RETIRE)) {
      update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      update.executeUpdate();
    }
    current = null;
  }

  /** Destroys a key, here and in the database. */
  void destroy(UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, id);
      delete.executeUpdate();
    }
    unwrapped.remove(id);
  }
}
