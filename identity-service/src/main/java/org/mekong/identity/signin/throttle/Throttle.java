package org.mekong.identity.signin.throttle;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.mekong.identity.account.sealing.Vault;

/**
 * Counts attempts before they are looked at, so that any number at once counts as that number, and
 * tells who has to wait.
 *
 * <p>What is counted: the pair of a name with a network, the network, and the name alone. Only the
 * first two make anybody wait; the last only makes the pairs wait earlier. A browser in which the
 * person signed in before is counted by itself and by nothing else. So a stranger can slow down
 * their own network, and nobody elsewhere. Names that do not exist are counted like others.
 */
@Singleton
public class Throttle {
  private static final String PAIR = "sign-in by name and network";
  private static final String DEVICE = "sign-in by name and device";
  private static final String NETWORK = "sign-in by network";
  private static final String NAME = "sign-in by name";
  private static final Duration DEVICE_KNOWN = Duration.ofDays(400);
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** Before any moment that a replica's clock may show: whoever has not to wait is free since. */
  private static final Instant LONG_AGO = Instant.EPOCH;

  private static final String COUNT =
      "INSERT INTO sign_in_attempts AS a (bucket, failures, free_at, expires_at)"
          + " VALUES (?, 1, ?, ?) ON CONFLICT (bucket) DO UPDATE SET"
          + " failures = CASE WHEN a.expires_at <= ? THEN 1 ELSE a.failures + 1 END,"
          + " free_at = CASE WHEN a.expires_at <= ? OR a.failures + 1 < ? THEN excluded.free_at"
          + " ELSE ? + least(?, ? * power(2, least(a.failures + 1 - ?, 30)))"
          + " * interval '1 second' END, expires_at = excluded.expires_at"
          + " WHERE a.free_at <= ? RETURNING failures";
  private static final String UNCOUNT =
      "UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0), free_at = ?"
          + " WHERE bucket = ?";

  private final ThrottleConfig config;
  private final Vault vault;
  private final Clock clock;

  Throttle(ThrottleConfig config, Vault vault, Clock clock) {
    this.config = config;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * Counts an attempt as one that failed, until it is told to have succeeded.
   *
   * @return how long the person has to wait instead; empty when they may try
   */
  public Optional<Duration> count(Connection connection, Attempt attempt) throws SQLException {
    if (isKnown(connection, attempt)) {
      return count(connection, device(attempt), config.failuresForOne(), config.longestWait());
    }
    Optional<Duration> wait =
        count(
            connection,
            network(attempt),
            config.failuresFromOneNetwork(),
            config.longestWaitOfNetwork());
    if (wait.isPresent()) {
      return wait;
    }
    boolean underAttack = failures(connection, name(attempt)) >= config.attack();
    wait =
        count(
            connection,
            pair(attempt),
            underAttack ? config.failuresUnderAttack() : config.failuresForOne(),
            config.longestWait());
    if (wait.isEmpty()) {
      count(connection, name(attempt), NO_LIMIT, Duration.ZERO);
    }
    return wait;
  }

  /** Takes an attempt back that succeeded, and knows the browser from now on. */
  public void succeeded(Connection connection, Attempt attempt, String device) throws SQLException {
    if (isKnown(connection, attempt)) {
      forget(connection, device(attempt));
    } else {
      uncount(connection, network(attempt));
      uncount(connection, name(attempt));
      forget(connection, pair(attempt));
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO known_device (bucket, expires_at) VALUES (?, ?) ON CONFLICT (bucket)"
                + " DO UPDATE SET expires_at = excluded.expires_at")) {
      insert.setBytes(
          1, device(new Attempt(attempt.login(), attempt.network(), Optional.of(device))));
      insert.setObject(2, utc(clock.instant().plus(DEVICE_KNOWN)));
      insert.executeUpdate();
    }
  }

  private Optional<Duration> count(
      Connection connection, byte[] bucket, int allowed, Duration longest) throws SQLException {
    Instant now = clock.instant();
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setBytes(1, bucket);
      count.setObject(2, utc(LONG_AGO));
      count.setObject(3, utc(now.plus(config.remembered())));
      count.setObject(4, utc(now));
      count.setObject(5, utc(now));
      count.setInt(6, allowed);
      count.setObject(7, utc(now));
      count.setLong(8, longest.toSeconds());
      count.setLong(9, config.firstWait().toSeconds());
      count.setInt(10, allowed);
      count.setObject(11, utc(now));
      try (ResultSet row = count.executeQuery()) {
        if (row.next()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(waiting(connection, bucket, now));
  }

  private static Duration waiting(Connection connection, byte[] bucket, Instant now)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT free_at FROM sign_in_attempts WHERE bucket = ?")) {
      select.setBytes(1, bucket);
      try (ResultSet row = select.executeQuery()) {
        Instant free = row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : now;
        Duration wait = Duration.between(now, free);
        return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
      }
    }
  }

  private int failures(Connection connection, byte[] bucket) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT failures FROM sign_in_attempts WHERE bucket = ? AND expires_at > ?")) {
      select.setBytes(1, bucket);
      select.setObject(2, utc(clock.instant()));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private boolean isKnown(Connection connection, Attempt attempt) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM known_device WHERE bucket = ? AND expires_at > ?")) {
      select.setBytes(1, device(attempt));
      select.setObject(2, utc(clock.instant()));
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private void uncount(Connection connection, byte[] bucket) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UNCOUNT)) {
      update.setObject(1, utc(LONG_AGO));
      update.setBytes(2, bucket);
      update.executeUpdate();
    }
  }

  private static void forget(Connection connection, byte[] bucket) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM sign_in_attempts WHERE bucket = ?")) {
      delete.setBytes(1, bucket);
      delete.executeUpdate();
    }
  }

  private byte[] pair(Attempt attempt) {
    return vault.fingerprint(PAIR, attempt.network() + ' ' + attempt.login());
  }

  private byte[] device(Attempt attempt) {
    return vault.fingerprint(DEVICE, attempt.device().orElse("") + ' ' + attempt.login());
  }

  private byte[] network(Attempt attempt) {
    return vault.fingerprint(NETWORK, attempt.network());
  }

  private byte[] name(Attempt attempt) {
    return vault.fingerprint(NAME, attempt.login());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
