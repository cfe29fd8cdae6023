package org.mekong.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * An entry that becomes part of the log when the caller's transaction commits.
 *
 * @param origin of the log
 * @param ticket what the pending entry is known by in the database
 * @param sizeBefore a size of the log that the entry's index cannot be below
 */
public record PendingEntry(String origin, long ticket, long sizeBefore) {

  /**
   * A statement that goes to the database in one message with an entry, before it, and is committed
   * together with it or not at all. The database's log may tell of one that a constraint refuses,
   * with the first 64 characters of each column: no personal data in these.
   */
  public interface Companion {
    /**
     * SQL of one statement; one text for the same kind of deed, so that the database plans it once.
     */
    String sql();

    /** Sets the parameters, from the index on; returns the index after the last one. */
    int bind(PreparedStatement statement, int from) throws SQLException;

    /** Does it by itself, in the caller's transaction; returns how many rows it has changed. */
    default int run(Connection connection) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql())) {
        bind(statement, 1);
        return statement.executeUpdate();
      }
    }
  }
}
