package org.mekong.gateway.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mekong.log.PendingEntry;

/**
 * One statement for many rows, which come to it as an array of each column.
 *
 * @param sql with a parameter for each column, in their order
 * @param <T> what a row is made from
 */
public record Rows<T>(String sql, List<T> rows, List<Column<T>> columns)
    implements PendingEntry.Companion {

  /**
   * A column.
   *
   * @param type its PostgreSQL type
   */
  public record Column<T>(String type, Function<T, @Nullable Object> value) {}

  @Override
  public int bind(PreparedStatement statement, int from) throws SQLException {
    int next = from;
    for (Column<T> column : columns) {
      statement.setArray(
          next++,
          statement
              .getConnection()
              .createArrayOf(column.type(), rows.stream().map(column.value()).toArray()));
    }
    return next;
  }

  /** Names the statement alone: the rest may be personal data. */
  @Override
  public String toString() {
    return "Rows[" + sql + "]";
  }
}
