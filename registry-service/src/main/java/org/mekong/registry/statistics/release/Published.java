package org.mekong.registry.statistics.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.mekong.registry.statistics.count.Kind;

/** Reads what is published: sums of rounded figures, never of true ones. */
public enum Published {
  /** Residents at the first day of a month; {@code part} is the age group. */
  RESIDENTS("month, province, '', sex, detail", "kind = ? and month between ? and ?"),

  /** Moves by month, province, province moved to and sex. */
  MOVES("month, province, other, sex, 0", "kind = ? and month between ? and ?"),

  /** Events by month of registration, province and sex. */
  REGISTERED("month, province, '', sex, 0", "kind = ? and month between ? and ?"),

  /** Events by month of occurrence, province and sex: those registered within a year. */
  OCCURRED(
      "month - detail % 100, province, '', sex, 0",
      "kind = ? and detail % 100 <= 12 and month - detail % 100 between ? and ?"),

  /** Events by month of registration and province; {@code part} is the span of the delay. */
  DELAYED("month, province, '', 0, detail / 100", "kind = ? and month between ? and ?");

  private final String statement;

  Published(String columns, String condition) {
    statement =
        "select "
            + columns
            + ", sum(value) from statistics_figure where "
            + condition
            + (name().equals("OCCURRED") ? " and month between ? and ? + 12" : "")
            + " group by 1, 2, 3, 4, 5";
  }

  /** A sum of published figures. */
  public record Cell(int month, String province, String other, int sex, int part, long value) {}

  /** The cells of months, the last one included. */
  public List<Cell> read(Connection connection, Kind kind, int from, int to) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(statement)) {
      select.setInt(1, kind.code());
      select.setInt(2, from);
      select.setInt(3, to);
      if (this == OCCURRED) {
        select.setInt(4, from);
        select.setInt(5, to);
      }
      List<Cell> cells = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          cells.add(
              new Cell(
                  row.getInt(1),
                  row.getString(2),
                  row.getString(3),
                  row.getInt(4),
                  row.getInt(5),
                  row.getLong(6)));
        }
      }
      return cells;
    }
  }
}
