package org.mekong.identity.startup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What leads to nothing any more once its time is over. */
final class ExpiredRows {
  private static final List<String> TABLES =
      List.of(
          "pushed_request",
          "interaction",
          "authorization_grant",
          "browser_session",
          "consent",
          "sign_in_attempts",
          "known_device");

  private ExpiredRows() {}

  /** Forgets it; replicas may do so together. */
  static void forget(Connection connection, Instant before) throws SQLException {
    for (String table : TABLES) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE expires_at < ?")) {
        delete.setObject(1, before.atOffset(ZoneOffset.UTC));
        delete.executeUpdate();
      }
    }
  }
}
