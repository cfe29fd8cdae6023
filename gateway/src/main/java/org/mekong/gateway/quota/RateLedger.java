package org.mekong.gateway.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Rates in the database, in tenths of a moving window by the database's clock. Any moment's window
 * touches eleven tenths, and no eleven tenths in a row ever hold more than the limit. Works in the
 * caller's transaction, which locks the rate until it ends.
 */
final class RateLedger {

  private static final int TENTHS = 10;
  private static final int KEPT = TENTHS + 1;

  private static final String FIND =
      """
      WITH locked AS MATERIALIZED (
        SELECT slot, leased FROM quota_rate WHERE bucket = ? FOR UPDATE)
      SELECT slot, leased, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint FROM locked""";
  private static final String ADD =
      "INSERT INTO quota_rate (bucket, slot, leased) VALUES (?, 0, ?) ON CONFLICT DO NOTHING";
  private static final String KEEP = "UPDATE quota_rate SET slot = ?, leased = ? WHERE bucket = ?";

  private RateLedger() {}

  /**
   * What was leased.
   *
   * @param slot the tenth that it is for
   * @param granted 0 where nothing is left
   * @param remaining what is left in the window for all replicas
   * @param sentAt {@link System#nanoTime()} before the database looked at its clock
   * @param nanos from then on: for so long the lease may be used
   */
  record Lease(long slot, int granted, int remaining, long sentAt, long nanos) {}

  /**
   * Leases for the tenth at hand.
   *
   * @param wanted most that is leased
   * @param unusedSlot the tenth of the lease before
   * @param unused what is given back of it
   */
  static Lease lease(
      Connection connection,
      String bucket,
      Duration window,
      int limit,
      int wanted,
      long unusedSlot,
      int unused)
      throws SQLException {
    long tenth = window.toNanos() / 1_000 / TENTHS;
    while (true) {
      long sentAt = System.nanoTime();
      try (PreparedStatement select = connection.prepareStatement(FIND)) {
        select.setString(1, bucket);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            long now = row.getLong(3);
            int[] leased = ints(row.getArray(2).getArray());
            long slot = forward(row.getLong(1), now / tenth, leased, limit);
            giveBack(leased, slot, unusedSlot, unused);
            int left = limit - Arrays.stream(leased).sum();
            int granted = Math.clamp(wanted, 0, Math.max(left, 0));
            leased[Math.floorMod(slot, KEPT)] += granted;
            keep(connection, bucket, slot, leased);
            long nanos = Math.max(0, (slot + 1) * tenth - now) * 1_000;
            return new Lease(slot, granted, Math.max(left - granted, 0), sentAt, nanos);
          }
        }
      }
      add(connection, bucket);
    }
  }

  /** Empties the tenths that have come since; returns the one at hand. */
  private static long forward(long last, long current, int[] leased, int limit) {
    if (current < last) {
      // The database's clock went back. What was leased since is unknown by the new time, so the
      // window is taken as used up: it opens again when it has passed.
      Arrays.fill(leased, 0);
      leased[Math.floorMod(current, KEPT)] = limit;
      return current;
    }
    for (long slot = Math.max(last + 1, current - TENTHS); slot <= current; slot++) {
      leased[Math.floorMod(slot, KEPT)] = 0;
    }
    return current;
  }

  private static void giveBack(int[] leased, long slot, long unusedSlot, int unused) {
    if (unused > 0 && unusedSlot <= slot && unusedSlot > slot - KEPT) {
      int at = Math.floorMod(unusedSlot, KEPT);
      leased[at] = Math.max(leased[at] - unused, 0);
    }
  }

  private static void keep(Connection connection, String bucket, long slot, int[] leased)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(KEEP)) {
      update.setLong(1, slot);
      update.setObject(2, leased);
      update.setString(3, bucket);
      update.executeUpdate();
    }
  }

  private static void add(Connection connection, String bucket) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, bucket);
      insert.setObject(2, new int[KEPT]);
      insert.executeUpdate();
    }
  }

  private static int[] ints(Object array) {
    return Arrays.stream((Integer[]) array).mapToInt(Integer::intValue).toArray();
  }
}
