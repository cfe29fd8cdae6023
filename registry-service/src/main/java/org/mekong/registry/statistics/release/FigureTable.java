package org.mekong.registry.statistics.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.mekong.registry.statistics.count.Key;

/** The rows of what is published. */
final class FigureTable {

  private static final String INSERT =
      "insert into statistics_figure (kind, month, province, other, sex, detail, value)"
          + " values (?, ?, ?, ?, ?, ?, ?)";
  private static final int TOGETHER = 1_000;

  private FigureTable() {}

  /** Writes rows, many at a time. Not thread-safe. */
  static final class Writer implements AutoCloseable {

    private final PreparedStatement insert;
    private long rows;

    Writer(Connection transaction) throws SQLException {
      insert = transaction.prepareStatement(INSERT);
    }

    /** Adds a row. */
    void add(Key key, int value) throws SQLException {
      insert.setInt(1, key.kind().code());
      insert.setInt(2, key.month());
      insert.setString(3, key.province());
      insert.setString(4, key.other());
      insert.setInt(5, key.sex());
      insert.setInt(6, key.detail());
      insert.setInt(7, value);
      insert.addBatch();
      if (++rows % TOGETHER == 0) {
        insert.executeBatch();
      }
    }

    /** Writes what is left, and tells how many rows there were. */
    long end() throws SQLException {
      insert.executeBatch();
      return rows;
    }

    @Override
    public void close() throws SQLException {
      insert.close();
    }
  }
}
