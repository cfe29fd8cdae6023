package org.mekong.identity.key;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of signing keys. */
final class KeyTable {
  private static final long LOCK = 0x6d656b6f6e67L;

  private KeyTable() {}

  /**
   * A key as it is stored.
   *
   * @param held a JWE under the key encryption key, or {@code pkcs11:} and the alias in the token
   */
  record Row(
      JWK publicKey,
      JWSAlgorithm algorithm,
      String held,
      Instant activeFrom,
      @Nullable Instant publishedUntil) {
    String kid() {
      return publicKey.getKeyID();
    }
  }

  /** Keeps other replicas from making keys until the transaction ends. */
  static void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }

  /** The keys that are published, newest first. */
  static List<Row> published(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT algorithm, public_jwk, private_jwe, active_from, published_until"
                + " FROM signing_key WHERE published_until IS NULL OR published_until > ?"
                + " ORDER BY active_from DESC, kid")) {
      select.setObject(1, utc(now));
      try (ResultSet rows = select.executeQuery()) {
        List<Row> keys = new ArrayList<>();
        while (rows.next()) {
          OffsetDateTime until = rows.getObject(5, OffsetDateTime.class);
          keys.add(
              new Row(
                  JWK.parse(rows.getString(2)).toPublicJWK(),
                  JWSAlgorithm.parse(rows.getString(1)),
                  rows.getString(3),
                  rows.getObject(4, OffsetDateTime.class).toInstant(),
                  until == null ? null : until.toInstant()));
        }
        return keys;
      } catch (ParseException damaged) {
        throw new IllegalStateException("a stored public key is damaged", damaged);
      }
    }
  }

  /** Whether a key of this id was ever here. */
  static boolean known(Connection connection, String kid) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM signing_key WHERE kid = ?")) {
      select.setString(1, kid);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static void add(Connection connection, Row key, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO signing_key (kid, algorithm, public_jwk, private_jwe, status, created_at,"
                + " active_from) VALUES (?, ?, ?::jsonb, ?, 'next', ?, ?)")) {
      insert.setString(1, key.kid());
      insert.setString(2, key.algorithm().getName());
      insert.setString(3, key.publicKey().toJSONString());
      insert.setString(4, key.held());
      insert.setObject(5, utc(now));
      insert.setObject(6, utc(key.activeFrom()));
      insert.executeUpdate();
    }
  }

  /** Ends the publication of every other key of an algorithm at a moment, if it lasts longer. */
  static void end(Connection connection, Row follower, Instant until) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE signing_key SET published_until = ?, retired_at = ?"
                + " WHERE algorithm = ? AND kid <> ?"
                + " AND (published_until IS NULL OR published_until > ?)")) {
      update.setObject(1, utc(until));
      update.setObject(2, utc(until));
      update.setString(3, follower.algorithm().getName());
      update.setString(4, follower.kid());
      update.setObject(5, utc(until));
      update.executeUpdate();
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
