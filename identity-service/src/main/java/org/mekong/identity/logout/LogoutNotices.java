package org.mekong.identity.logout;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table of those who are still to be told. */
final class LogoutNotices {
  /** How often somebody who does not answer is told again. */
  static final int MOST_ATTEMPTS = 6;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private LogoutNotices() {}

  /**
   * That a session ended.
   *
   * @param subject pairwise {@code sub}
   * @param session pairwise {@code sid}
   * @param attempts that failed so far
   */
  record Notice(UUID id, String clientId, String subject, String session, int attempts) {}

  static void add(Connection connection, Notice notice, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO logout_notice (id, client_id, subject, session, next_at, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, notice.id());
      insert.setString(2, notice.clientId());
      insert.setString(3, notice.subject());
      insert.setString(4, notice.session());
      insert.setObject(5, utc(now));
      insert.setObject(6, utc(now));
      insert.executeUpdate();
    }
  }

  /**
   * Takes some that are due, so that no other replica sends them meanwhile; each is due again later
   * unless it is {@link #remove removed}.
   */
  static List<Notice> take(Connection connection, Instant now, int limit) throws SQLException {
    List<Notice> taken = new ArrayList<>();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE logout_notice SET attempts = attempts + 1,"
                + " next_at = ?::timestamptz + (? * power(3, attempts)) * interval '1 second'"
                + " WHERE id IN (SELECT id FROM logout_notice WHERE next_at <= ?"
                + " ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED)"
                + " RETURNING id, client_id, subject, session, attempts")) {
      update.setObject(1, utc(now));
      update.setLong(2, FIRST_PAUSE.toSeconds());
      update.setObject(3, utc(now));
      update.setInt(4, limit);
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          taken.add(
              new Notice(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getInt(5)));
        }
      }
    }
    return taken;
  }

  static void remove(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM logout_notice WHERE id = ?")) {
      delete.setObject(1, id);
      delete.executeUpdate();
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
