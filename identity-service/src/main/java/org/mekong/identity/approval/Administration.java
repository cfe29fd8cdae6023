package org.mekong.identity.approval;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import org.mekong.identity.access.Problem;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/**
 * Who administers this service. An administrator is a person: systems with the scope {@code
 * identity.admin} count as the person who holds them, and as themselves where nobody is named.
 */
public final class Administration {
  private static final String SYSTEMS =
      "SELECT coalesce('account:' || c.holder, c.id) FROM client c"
          + " LEFT JOIN agency g ON g.id = c.agency_id LEFT JOIN account h ON h.id = c.holder"
          + " WHERE c.status = 'active' AND 'identity.admin' = ANY (c.scopes)"
          + " AND c.valid_from <= ? AND (c.valid_until IS NULL OR c.valid_until > ?)"
          + " AND coalesce(g.status, 'active') = 'active'"
          + " AND coalesce(h.status, 'active') = 'active'";
  private static final String PEOPLE =
      " UNION SELECT 'account:' || a.id FROM account a"
          + " JOIN account_password p ON p.account_id = a.id"
          + " JOIN account_totp t ON t.account_id = a.id"
          + " WHERE a.status = 'active' AND 'identity-administrator' = ANY (a.roles)";

  /** What the names of persons begin with; no client id does. */
  static final String ACCOUNT = "account:";

  private static final long LOCK = 0x61646d696eL;

  private Administration() {}

  /** Whether an administrator does alone what takes two once there are two. */
  public static boolean inInitialSetup(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT two_since IS NULL FROM administration");
        ResultSet row = select.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Lets what changes who administers happen one after the other. */
  static void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }

  /** The administrators who can act. */
  public static Set<String> administrators(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SYSTEMS + PEOPLE)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = select.executeQuery()) {
        Set<String> who = new TreeSet<>();
        while (rows.next()) {
          who.add(rows.getString(1));
        }
        return who;
      }
    }
  }

  /** As whom a system acts. */
  static String of(Connection connection, String clientId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce('account:' || holder, id) FROM client WHERE id = ?")) {
      select.setString(1, clientId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : clientId;
      }
    }
  }

  /**
   * Refuses what takes an administrator away where fewer than two would be left, in the initial
   * setup none.
   *
   * @param connection in whose transaction it has been done
   * @param before who administered before it
   */
  public static void requireEnough(Connection connection, Instant now, Set<String> before)
      throws SQLException {
    int left = administrators(connection, now).size();
    if (left < before.size() && left < (inInitialSetup(connection) ? 1 : 2)) {
      throw Problem.CONFLICT
          .builder("Too few administrators would be left: make another one first.")
          .withTitle("Needed as an administrator")
          .with("rule", "approval/last-administrators")
          .build();
    }
  }

  /**
   * Ends the initial setup, for good, when there are two administrators.
   *
   * @param entry of the journal, written when it ends
   */
  public static void endSetupWhenTwo(Transaction transaction, JournalEntry entry, Instant now)
      throws SQLException {
    if (administrators(transaction.connection(), now).size() < 2) {
      return;
    }
    try (PreparedStatement update =
        transaction
            .connection()
            .prepareStatement("UPDATE administration SET two_since = ? WHERE two_since IS NULL")) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      if (update.executeUpdate() == 1) {
        transaction.record(entry);
      }
    }
  }
}
