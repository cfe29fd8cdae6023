package org.mekong.gateway.exchange;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The public parts of the keys that this gateway has signed with, in one table shared by all
 * replicas. Works in the caller's transaction.
 */
final class SigningKeys {

  private static final String ADD =
      """
      INSERT INTO exchange_key (key_id, public_key, first_used_at) VALUES (?, ?, ?)
      ON CONFLICT DO NOTHING""";
  private static final String ALL = "SELECT public_key FROM exchange_key ORDER BY first_used_at";

  private SigningKeys() {}

  /**
   * Adds a key, and returns all.
   *
   * @throws IllegalStateException when another key bears its id
   */
  static JWKSet add(Connection connection, ECKey key, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, key.getKeyID());
      insert.setString(2, key.toPublicJWK().toJSONString());
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    JWKSet all = all(connection);
    if (!(all.getKeyByKeyId(key.getKeyID()) instanceof ECKey known) || !isSame(known, key)) {
      throw new IllegalStateException(
          "gateway.exchange.key-file: another key had the id " + key.getKeyID() + " before");
    }
    return all;
  }

  private static boolean isSame(ECKey known, ECKey key) {
    return known.getX().equals(key.getX()) && known.getY().equals(key.getY());
  }

  private static JWKSet all(Connection connection) throws SQLException {
    List<JWK> keys = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ALL);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        keys.add(JWK.parse(row.getString("public_key")));
      }
    } catch (ParseException e) {
      throw new SQLException("a noted exchange key is no JWK", e);
    }
    return new JWKSet(keys);
  }
}
