package org.mekong.gateway.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/** The days' quotas in the database. Every method is one statement in the caller's transaction. */
final class DayLedger {

  /** A lease is this share of what is left, so that a dying replica takes little with it. */
  private static final int SHARE = 64;

  private static final int LARGEST = 64;

  private static final String LEASE =
      """
      INSERT INTO quota_day AS q (day, nation, agency, client, purpose, country, leased, last_lease,
        allowed)
      SELECT ?, ?, ?, ?, ?, ?, first.lease, first.lease, ?::int
      FROM (SELECT least(greatest(?::int / %1$d, 1), %2$d, ?::int) AS lease) AS first
      WHERE first.lease > 0
      ON CONFLICT (day, nation, agency, client, purpose, country) DO UPDATE SET
        last_lease = least(greatest((?::int - q.leased) / %1$d, 1), %2$d),
        allowed = excluded.allowed,
        leased = q.leased + least(greatest((?::int - q.leased) / %1$d, 1), %2$d)
      WHERE q.leased < ?::int
      RETURNING leased, last_lease"""
          .formatted(SHARE, LARGEST);
  private static final String WHERE =
      """
      WHERE day = ? AND nation = ? AND agency = ? AND client = ? AND purpose = ? AND country = ?""";
  private static final String GIVE_BACK = "UPDATE quota_day SET leased = leased - ? " + WHERE;
  private static final String REFUSED =
      """
      INSERT INTO quota_day AS q (day, nation, agency, client, purpose, country, refused)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (day, nation, agency, client, purpose, country)
      DO UPDATE SET refused = q.refused + excluded.refused""";
  private static final String FORGET = "DELETE FROM quota_day WHERE day < ?";

  private DayLedger() {}

  /**
   * Whose quota.
   *
   * @param client its id where the quota is the client's own, else empty
   * @param purpose empty where the quota is the client's own
   * @param country empty where the quota is the client's own
   */
  record Key(String nation, String agency, String client, String purpose, String country) {

    private int set(PreparedStatement statement, int at, LocalDate day) throws SQLException {
      statement.setObject(at, day);
      statement.setString(at + 1, nation);
      statement.setString(at + 2, agency);
      statement.setString(at + 3, client);
      statement.setString(at + 4, purpose);
      statement.setString(at + 5, country);
      return at + 6;
    }
  }

  /**
   * What was leased.
   *
   * @param granted 0 where nothing is left
   * @param leased by all replicas until now
   */
  record Lease(int granted, int leased) {}

  static Lease lease(Connection connection, Key key, LocalDate day, int limit) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LEASE)) {
      int at = key.set(insert, 1, day);
      for (int i = at; i < at + 6; i++) {
        insert.setInt(i, limit);
      }
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? new Lease(row.getInt(2), row.getInt(1)) : new Lease(0, limit);
      }
    }
  }

  static void giveBack(Connection connection, Key key, LocalDate day, int unused)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(GIVE_BACK)) {
      update.setInt(1, unused);
      key.set(update, 2, day);
      update.executeUpdate();
    }
  }

  static void refused(Connection connection, Key key, LocalDate day, long times)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(REFUSED)) {
      insert.setLong(key.set(insert, 1, day), times);
      insert.executeUpdate();
    }
  }

  static int forget(Connection connection, LocalDate before) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, before);
      return delete.executeUpdate();
    }
  }
}
