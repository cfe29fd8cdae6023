package org.mekong.registry.statistics.count;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of the true figures. */
public final class Counters {

  /** The columns of a figure's key. */
  static final String KEY = "kind, month, province, other, sex, detail";

  private static final String BOTH =
      "(select "
          + KEY
          + ", amount from statistics_count union all select "
          + KEY
          + ", amount from statistics_delta) both_of_them";
  private static final String ALL =
      "select "
          + KEY
          + ", sum(amount) from "
          + BOTH
          + " group by "
          + KEY
          + " having sum(amount) <> 0 order by kind, month";
  private static final String ONE =
      "select coalesce(sum(amount), 0) from "
          + BOTH
          + " where kind = ? and month = ? and province = ? and other = ? and sex = ?"
          + " and detail = ?";
  private static final String ADD =
      " ("
          + KEY
          + ", amount) select * from unnest(?::smallint[], ?::integer[], ?::text[],"
          + " ?::text[], ?::smallint[], ?::integer[], ?::bigint[])";
  private static final int MOST = 100_000;
  private static final String FOLD =
      "with taken as (delete from statistics_delta where ctid = any (array("
          + "select ctid from statistics_delta limit "
          + MOST
          + "))"
          + " returning "
          + KEY
          + ", amount),"
          + " summed as (select "
          + KEY
          + ", sum(amount) as amount from taken group by "
          + KEY
          + "), kept as (insert into statistics_count as c ("
          + KEY
          + ", amount)"
          + " select * from summed where amount <> 0"
          + " on conflict ("
          + KEY
          + ") do update set amount = c.amount + excluded.amount)"
          + " select count(*) from taken";
  private static final String ALONE = "select pg_try_advisory_xact_lock(7253001)";

  private Counters() {}

  /** Adds to figures, in the transaction of what changes them; no writer waits for another. */
  static void add(Connection transaction, Map<Key, Long> amounts) throws SQLException {
    add(transaction, "statistics_delta", amounts);
  }

  static void add(Connection transaction, String table, Map<Key, Long> amounts)
      throws SQLException {
    if (amounts.isEmpty()) {
      return;
    }
    List<Object[]> columns = new ArrayList<>();
    int size = amounts.size();
    columns.add(new Integer[size]);
    columns.add(new Integer[size]);
    columns.add(new String[size]);
    columns.add(new String[size]);
    columns.add(new Integer[size]);
    columns.add(new Integer[size]);
    columns.add(new Long[size]);
    int i = 0;
    for (Map.Entry<Key, Long> amount : amounts.entrySet()) {
      Key key = amount.getKey();
      columns.get(0)[i] = key.kind().code();
      columns.get(1)[i] = key.month();
      columns.get(2)[i] = key.province();
      columns.get(3)[i] = key.other();
      columns.get(4)[i] = key.sex();
      columns.get(5)[i] = key.detail();
      columns.get(6)[i] = amount.getValue();
      i++;
    }
    List<String> types = List.of("int4", "int4", "text", "text", "int4", "int4", "int8");
    try (PreparedStatement insert = transaction.prepareStatement("insert into " + table + ADD)) {
      for (int column = 0; column < columns.size(); column++) {
        insert.setArray(
            column + 1, transaction.createArrayOf(types.get(column), columns.get(column)));
      }
      insert.executeUpdate();
    }
  }

  /**
   * Folds some of what was added into one row for each figure. One replica does at a time.
   *
   * @return whether there may be more
   */
  public static boolean fold(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      try (ResultSet alone = statement.executeQuery(ALONE)) {
        if (!alone.next() || !alone.getBoolean(1)) {
          return false;
        }
      }
      try (ResultSet taken = statement.executeQuery(FOLD)) {
        return taken.next() && taken.getLong(1) == MOST;
      }
    }
  }

  /** Takes a figure. */
  @FunctionalInterface
  public interface Reader {

    /** Takes it. */
    void take(Key key, long amount) throws SQLException;
  }

  /** Reads every figure that is not zero, those of a kind by month. */
  public static void read(Connection transaction, Reader reader) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(ALL)) {
      select.setFetchSize(10_000);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Key key =
              new Key(
                  Kind.of(row.getInt(1)),
                  row.getInt(2),
                  row.getString(3),
                  row.getString(4),
                  row.getInt(5),
                  row.getInt(6));
          reader.take(key, row.getLong(7));
        }
      }
    }
  }

  /** One figure. */
  public static long read(Connection connection, Key key) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ONE)) {
      select.setInt(1, key.kind().code());
      select.setInt(2, key.month());
      select.setString(3, key.province());
      select.setString(4, key.other());
      select.setInt(5, key.sex());
      select.setInt(6, key.detail());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
