package org.mekong.gateway.lookup.keyed;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.lookup.LookupRequest;
import org.mekong.gateway.lookup.waiting.Waiting;
import org.mekong.gateway.receipt.LoggedEntry;
import org.mekong.log.PendingEntry;

/**
 * Lookups with an Idempotency-Key, in one table shared by all replicas. Every method works in the
 * caller's transaction.
 */
public final class KeyedLookups {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  private static final String INSERT =
      """
      INSERT INTO keyed_lookup
        (client_id, idempotency_key, request_id, salt, body_digest, created_at, claimed_until,
         expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
  private static final String FIND =
      """
      SELECT request_id, salt, body_digest, claimed_until, signed_request, request_entry, outcome,
        answer_entry, finished_at
      FROM keyed_lookup WHERE client_id = ? AND idempotency_key = ? FOR UPDATE""";
  private static final String CLAIM =
      "UPDATE keyed_lookup SET claimed_until = ? WHERE request_id = ?";
  private static final String SENT =
      """
      UPDATE keyed_lookup SET signed_request = ?, request_entry = ?
      WHERE request_id = ? AND request_entry IS NULL AND finished_at IS NULL""";
  private static final String FINISH =
      """
      UPDATE keyed_lookup SET outcome = ?, answer_entry = ?, finished_at = ?
      WHERE request_id = ? AND finished_at IS NULL""";
  private static final String ERASE =
      """
      UPDATE keyed_lookup SET outcome = NULL, signed_request = NULL
      WHERE outcome IS NOT NULL AND finished_at < ? AND (expires_at IS NULL OR expires_at < ?)""";
  private static final String FORGET =
      "DELETE FROM keyed_lookup WHERE created_at < ? AND (expires_at IS NULL OR expires_at < ?)";
  private static final String TAKEN =
      """
      UPDATE keyed_lookup SET outcome = NULL, signed_request = NULL
      WHERE client_id = ? AND idempotency_key = ? AND finished_at IS NOT NULL""";
  private static final String FINISHED =
      "SELECT finished_at IS NOT NULL FROM keyed_lookup WHERE request_id = ?";

  private KeyedLookups() {}

  /**
   * A key of a client.
   *
   * @param expires when a lookup that waits is given up; absent where its caller waits for it
   */
  public record Key(String clientId, String key, @Nullable Instant expires) {

    /** The key of an operation: it holds a space, which no Idempotency-Key can. */
    public static Key of(Waiting waiting, String clientId) {
      return new Key(clientId, "operation " + waiting.operation(), waiting.expires());
    }
  }

  /** Begins a lookup under a key, or says what became of it; begun and resumed ones are claimed. */
  public static KeyState begin(
      Connection connection, Key key, LookupRequest request, Instant now, Instant until)
      throws SQLException {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    UUID requestId = RequestIds.next();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, key.clientId());
      insert.setString(2, key.key());
      insert.setObject(3, requestId);
      insert.setBytes(4, salt);
      insert.setBytes(5, digest(salt, request));
      insert.setObject(6, now.atOffset(ZoneOffset.UTC));
      insert.setObject(7, until.atOffset(ZoneOffset.UTC));
      insert.setObject(8, key.expires() == null ? null : key.expires().atOffset(ZoneOffset.UTC));
      if (insert.executeUpdate() == 1) {
        return new KeyState.New(requestId);
      }
    }
    return find(connection, key, request, now, until);
  }

  private static KeyState find(
      Connection connection, Key key, LookupRequest request, Instant now, Instant until)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, key.clientId());
      select.setString(2, key.key());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return new KeyState.InProgress(); // forgotten in this very moment
        }
        if (!MessageDigest.isEqual(
            row.getBytes("body_digest"), digest(row.getBytes("salt"), request))) {
          return new KeyState.OtherBody();
        }
        if (row.getObject("finished_at") != null) {
          String outcome = row.getString("outcome");
          return outcome == null
              ? new KeyState.Expired()
              : new KeyState.Finished(
                  row.getObject("request_id", UUID.class),
                  StoredOutcome.parse(outcome),
                  LoggedEntry.parse(row.getString("answer_entry")));
        }
        if (row.getTimestamp("claimed_until").toInstant().isAfter(now)) {
          return new KeyState.InProgress();
        }
        UUID requestId = row.getObject("request_id", UUID.class);
        String entry = row.getString("request_entry");
        var resumed =
            new KeyState.Resumed(
                requestId,
                row.getString("signed_request"),
                entry == null ? null : LoggedEntry.parse(entry));
        claim(connection, requestId, until);
        return resumed;
      }
    }
  }

  /** Moves the end of a claim; to now, so that a repeat can resume at once. */
  public static void claim(Connection connection, UUID requestId, Instant until)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CLAIM)) {
      update.setObject(1, until.atOffset(ZoneOffset.UTC));
      update.setObject(2, requestId);
      update.executeUpdate();
    }
  }

  /** Keeps what is about to be sent; false when that was done before, or there is no such key. */
  public static boolean sending(
      Connection connection, UUID requestId, String signedRequest, PendingEntry entry)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SENT)) {
      update.setString(1, signedRequest);
      update.setString(2, LoggedEntry.text(entry));
      update.setObject(3, requestId);
      return update.executeUpdate() == 1;
    }
  }

  /** Keeps the outcome; false when there is one already, or there is no such key. */
  public static boolean finish(
      Connection connection, UUID requestId, StoredOutcome outcome, PendingEntry entry, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FINISH)) {
      update.setString(1, outcome.json());
      update.setString(2, LoggedEntry.text(entry));
      update.setObject(3, now.atOffset(ZoneOffset.UTC));
      update.setObject(4, requestId);
      return update.executeUpdate() == 1;
    }
  }

  /** Whether there is an outcome, erased or not. */
  public static boolean isFinished(Connection connection, UUID requestId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FINISHED)) {
      select.setObject(1, requestId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Erases an outcome that somebody else keeps from now on. */
  public static void taken(Connection connection, Key key) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(TAKEN)) {
      update.setString(1, key.clientId());
      update.setString(2, key.key());
      update.executeUpdate();
    }
  }

  /** Erases outcomes finished before, and forgets keys created before; returns how many. */
  public static int clean(Connection connection, Instant finishedBefore, Instant createdBefore)
      throws SQLException {
    return update(connection, ERASE, finishedBefore) + update(connection, FORGET, createdBefore);
  }

  private static int update(Connection connection, String sql, Instant before) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, before.atOffset(ZoneOffset.UTC));
      update.setObject(2, before.atOffset(ZoneOffset.UTC));
      return update.executeUpdate();
    }
  }

  /** Of the question; how long its asker waits is no part of it. */
  private static byte[] digest(byte[] salt, LookupRequest request) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      return sha256.digest(StrictJson.mapper().writeValueAsBytes(request.within(null)));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
