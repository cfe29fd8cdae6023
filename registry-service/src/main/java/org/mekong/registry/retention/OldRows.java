package org.mekong.registry.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * The rows of a table that are too old to be kept. They are deleted a batch at a time, so that no
 * statement holds many of them; replicas may do it at once.
 */
public final class OldRows {

  private static final int BATCH = 10_000;

  private final String forget;

  /**
   * Rows of a table.
   *
   * @param key columns that tell a row, with commas between
   * @param since column of the time from which a row grows old; there is an index by it
   */
  public OldRows(String table, String key, String since) {
    forget =
        "delete from %1$s where (%2$s) in (select %2$s from %1$s where %3$s < ? order by %3$s"
                .formatted(table, key, since)
            + " limit "
            + BATCH
            + " for update skip locked)";
  }

  /** Deletes those of before an instant. */
  public void forget(DataSource database, Instant before) throws SQLException {
    int forgotten = BATCH;
    while (forgotten == BATCH) {
      try (Connection connection = database.getConnection();
          PreparedStatement delete = connection.prepareStatement(forget)) {
        delete.setObject(1, before.atOffset(ZoneOffset.UTC));
        forgotten = delete.executeUpdate();
      }
    }
  }
}
