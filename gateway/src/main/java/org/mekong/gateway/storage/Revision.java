package org.mekong.gateway.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What replicas keep in memory, counted by its changes so that each sees when to read it anew. By a
 * look a second and not by notifications, which do not pass a pooler in transaction mode.
 */
public enum Revision {
  AGREEMENTS,
  PEERS;

  /** How often it was changed. */
  public long read(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT number FROM revision WHERE subject = ?")) {
      select.setString(1, subject());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the table revision does not hold " + subject());
        }
        return row.getLong(1);
      }
    }
  }

  /** Counts a change in the caller's transaction, and holds off other changes until its end. */
  public void advance(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE revision SET number = number + 1 WHERE subject = ?")) {
      update.setString(1, subject());
      update.executeUpdate();
    }
  }

  private String subject() {
    return name().toLowerCase(Locale.ROOT);
  }
}
