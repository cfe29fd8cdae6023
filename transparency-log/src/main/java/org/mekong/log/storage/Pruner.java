package org.mekong.log.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mekong.log.tile.TilePath;

/** Removes what lies wholly below a minimum index: entries, and the hashes of their tiles. */
public final class Pruner {
  private static final long BATCH = 256L * TilePath.FULL_WIDTH;
  private static final String ADVANCE =
      "UPDATE transparency_log SET first_index = greatest(first_index, ?) WHERE log_id = ?";
  private static final String ENTRIES =
      "DELETE FROM log_entry WHERE log_id = ? AND entry_index >= ? AND entry_index < ?";
  private static final String TILES =
      "UPDATE log_tile SET hashes = NULL WHERE log_id = ? AND level = 0 AND tile_index >= ?"
          + " AND tile_index < ? AND hashes IS NOT NULL";

  private Pruner() {}

  /**
   * Removes batch by batch, and advances the minimum index after each; what an interruption leaves
   * over the next call removes.
   *
   * @param from where the last finished pruning ended
   */
  public static void prune(DataSource database, int logId, long from, long minimumIndex)
      throws SQLException {
    long end = minimumIndex / TilePath.FULL_WIDTH * TilePath.FULL_WIDTH;
    try (Connection connection = database.getConnection()) {
      for (long first = from; first < end; first += BATCH) {
        long last = Math.min(end, first + BATCH);
        remove(connection, ENTRIES, logId, first, last);
        remove(connection, TILES, logId, first / TilePath.FULL_WIDTH, last / TilePath.FULL_WIDTH);
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
          update.setLong(1, last);
          update.setInt(2, logId);
          update.executeUpdate();
        }
      }
    }
  }

  private static void remove(Connection connection, String sql, int logId, long first, long last)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, logId);
      statement.setLong(2, first);
      statement.setLong(3, last);
      statement.executeUpdate();
    }
  }
}
