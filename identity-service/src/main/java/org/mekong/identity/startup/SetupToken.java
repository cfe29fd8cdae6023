package org.mekong.identity.startup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.mekong.identity.Secrets;

/** The token that makes an administrator, once: there is one at a time, and its digest is kept. */
final class SetupToken {
  /** How long it can be used. */
  static final Duration LASTS = Duration.ofHours(24);

  private SetupToken() {}

  /** A new token; a former one is none any more. */
  static String renew(Connection connection, Instant now) throws SQLException {
    String token = Secrets.next();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO setup_token (digest, expires_at) VALUES (?, ?) ON CONFLICT (single)"
                + " DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at")) {
      insert.setBytes(1, Secrets.digest(token));
      insert.setObject(2, now.plus(LASTS).atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    return token;
  }

  /** Uses a token up; false when it is not the one, was used or has expired. */
  static boolean spend(Connection connection, String token, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM setup_token WHERE digest = ? AND expires_at > ?")) {
      delete.setBytes(1, Secrets.digest(token));
      delete.setObject(2, now.atOffset(ZoneOffset.UTC));
      return delete.executeUpdate() == 1;
    }
  }
}
