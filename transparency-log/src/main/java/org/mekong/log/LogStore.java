package org.mekong.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.tile.EntryBundle;
import org.mekong.log.tile.GrowingTree;

/** Reads and writes the head, the pending entries and the new rows of one log. */
final class LogStore {
  /** The most pending entries that one step takes: with entries of any length, 16 MiB. */
  static final int PENDING_LIMIT = 256;

  /** Namespace of the advisory locks that keep appending and sealing apart. */
  static final int SEAL_LOCK = 0x6d6b6c67;

  private static final String REGISTER =
      "INSERT INTO transparency_log (origin, size, checkpoint) VALUES (?, 0, ?)"
          + " ON CONFLICT (origin) DO NOTHING";
  private static final String PUBLISH =
      "UPDATE transparency_log SET verifier_key = ? WHERE origin = ? AND verifier_key IS NULL";
  private static final String FIND = "SELECT log_id FROM transparency_log WHERE origin = ?";
  private static final String LIST =
      "SELECT origin, verifier_key, sealed_at IS NOT NULL FROM transparency_log"
          + " WHERE starts_with(origin, ?) ORDER BY origin";
  private static final String HEAD =
      "SELECT size, checkpoint, first_index, sealed_at IS NOT NULL FROM transparency_log"
          + " WHERE log_id = ?";
  // A replica that stands still in its step, or waits too long for one, is not to stop the others.
  private static final String LIMITS =
      "SELECT set_config('idle_in_transaction_session_timeout', '5s', true),"
          + " set_config('lock_timeout', '20s', true),"
          // What a step acknowledges is durable, and with it every commit that it has seen.
          + " set_config('synchronous_commit', replace(current_setting('synchronous_commit'),"
          + " 'off', 'on'), true),"
          // The table of pending entries looks empty to the planner, and is full of dead rows.
          + " set_config('enable_seqscan', 'off', true),"
          // Rows come as arrays, and are found by their keys: nothing to plan anew each time.
          + " set_config('plan_cache_mode', 'force_generic_plan', true); ";
  // Statements in one message: the last has its own snapshot, taken after the lock is held.
  private static final String LOCK = HEAD + " FOR NO KEY UPDATE";
  private static final String LOCK_AND_TAKE =
      LIMITS
          + LOCK
          + "; DELETE FROM log_pending_entry p USING (SELECT ticket FROM"
          + " log_pending_entry WHERE log_id = ? AND ticket >= ? ORDER BY ticket LIMIT "
          + PENDING_LIMIT
          + ") taken WHERE p.log_id = ? AND p.ticket = taken.ticket RETURNING p.ticket, p.entry";
  // Fails as a whole, by a null, where the head is not what the new one was made from.
  private static final String ADVANCE =
      "UPDATE transparency_log SET size = CASE WHEN size = ? AND checkpoint = ?"
          + " AND sealed_at IS NULL THEN ?::bigint END, checkpoint = ? WHERE log_id = ?";
  private static final String INSERT =
      "; INSERT INTO log_entry (log_id, entry_index, ticket, leaf_hash, entry)"
          + " SELECT ?, ? + n - 1, t, h, e FROM unnest(?::bigint[], ?::bytea[], ?::bytea[])"
          + " WITH ORDINALITY AS added(t, h, e, n)";
  private static final String INSERT_TILE =
      "; INSERT INTO log_tile (log_id, level, tile_index, root_hash, hashes)"
          + " VALUES (?, ?, ?, ?, ?)";
  // The commit in the same message saves a round trip, and the head's lock that time.
  private static final String COMMIT = "; COMMIT";
  private final int logId;

  private LogStore(int logId) {
    this.logId = logId;
  }

  /** The head of a log; the checkpoint is the signed note. */
  record Head(long size, byte[] checkpoint, long firstIndex, boolean sealed) {}

  /** An entry about to be integrated; the ticket is null when it never was pending. */
  record Row(@Nullable Long ticket, byte[] leafHash, byte[] entry) {}

  /** A pending entry that was taken out of its table. */
  record Taken(long ticket, byte[] entry) {}

  /** What a step starts with. */
  record LockedHead(Head head, List<Taken> pending) {}

  /**
   * Finds the log of this origin, and makes it when it is absent and may be made. Its public key is
   * kept beside it.
   *
   * @param emptyCheckpoint of a log that may be made
   */
  static LogStore open(Connection connection, VerifierKey key, Optional<byte[]> emptyCheckpoint)
      throws SQLException {
    String origin = key.name();
    Optional<Integer> found = find(connection, origin);
    if (found.isEmpty() && emptyCheckpoint.isPresent()) {
      try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
        insert.setString(1, origin);
        insert.setBytes(2, emptyCheckpoint.get());
        insert.executeUpdate();
      }
      found = find(connection, origin);
    }
    LogStore store =
        new LogStore(found.orElseThrow(() -> new LogException("there is no log " + origin)));
    try (PreparedStatement update = connection.prepareStatement(PUBLISH)) {
      update.setString(1, key.toString());
      update.setString(2, origin);
      update.executeUpdate();
    }
    return store;
  }

  /** The logs whose origin starts so. */
  static List<TransparencyLog.Known> list(Connection connection, String prefix)
      throws SQLException {
    List<TransparencyLog.Known> known = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setString(1, prefix);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.add(
              new TransparencyLog.Known(
                  rows.getString(1), Optional.ofNullable(rows.getString(2)), rows.getBoolean(3)));
        }
      }
    }
    return known;
  }

  private static Optional<Integer> find(Connection connection, String origin) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, origin);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  int logId() {
    return logId;
  }

  Head head(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HEAD)) {
      select.setInt(1, logId);
      try (ResultSet row = select.executeQuery()) {
        return head(row);
      }
    }
  }

  private static Head head(ResultSet row) throws SQLException {
    if (!row.next()) {
      throw new LogException("the stored log is damaged: its head is gone");
    }
    return new Head(row.getLong(1), row.getBytes(2), row.getLong(3), row.getBoolean(4));
  }

  /** Does what comes with new entries, then locks the head until the transaction ends. */
  Head lock(Connection connection, List<PendingEntry.Companion> with) throws SQLException {
    String sql = LIMITS + statements(with) + LOCK;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(bind(with, statement, 1), logId);
      statement.execute();
      for (int i = 0; i <= with.size(); i++) {
        statement.getMoreResults();
      }
      try (ResultSet row = statement.getResultSet()) {
        return head(row);
      }
    }
  }

  private static String statements(List<PendingEntry.Companion> with) {
    StringBuilder sql = new StringBuilder();
    with.forEach(each -> sql.append(each.sql()).append("; "));
    return sql.toString();
  }

  private static int bind(List<PendingEntry.Companion> with, PreparedStatement statement, int from)
      throws SQLException {
    int next = from;
    for (PendingEntry.Companion each : with) {
      next = each.bind(statement, next);
    }
    return next;
  }

  /**
   * Locks the head until the transaction ends, and takes the oldest pending entries.
   *
   * @param from the ticket to look from: before it lie the dead rows of what was taken before
   */
  LockedHead lockAndTake(Connection connection, long from) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_TAKE)) {
      statement.setInt(1, logId);
      statement.setInt(2, logId);
      statement.setLong(3, from);
      statement.setInt(4, logId);
      statement.execute();
      statement.getMoreResults();
      Head head;
      try (ResultSet row = statement.getResultSet()) {
        head = head(row);
      }
      List<Taken> pending = new ArrayList<>();
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          pending.add(new Taken(rows.getLong(1), rows.getBytes(2)));
        }
      }
      pending.sort(Comparator.comparingLong(Taken::ticket));
      return new LockedHead(head, pending);
    }
  }

  /**
   * How a log grows.
   *
   * @param head from which it was made; the database has it still, or refuses
   * @param tiles that are finished by it
   * @param checkpoint that covers it
   */
  record Growth(
      Head head, List<Row> rows, List<GrowingTree.FinishedTile> tiles, byte[] checkpoint) {}

  /** Writes new entries and the head that covers them, where the head is locked. */
  void grow(Connection connection, Growth growth, boolean commit) throws SQLException {
    grow(connection, "", List.of(), growth, commit);
  }

  /**
   * Does what comes with new entries, writes them and the head that covers them, and commits, in
   * one message; the head need not be locked.
   *
   * @throws SQLException with the state 23502 (not null) where the head is another one in the
   *     meantime, or as the database has refused what comes with it; nothing was done then
   */
  void growAtOnce(Connection connection, List<PendingEntry.Companion> with, Growth growth)
      throws SQLException {
    grow(connection, LIMITS, with, growth, true);
  }

  private void grow(
      Connection connection,
      String before,
      List<PendingEntry.Companion> with,
      Growth growth,
      boolean commit)
      throws SQLException {
    List<Row> rows = growth.rows();
    Long[] tickets = rows.stream().map(Row::ticket).toArray(Long[]::new);
    byte[][] hashes = rows.stream().map(Row::leafHash).toArray(byte[][]::new);
    byte[][] entries = rows.stream().map(Row::entry).toArray(byte[][]::new);
    List<GrowingTree.FinishedTile> tiles = growth.tiles();
    String sql =
        before
            + statements(with)
            + ADVANCE
            + INSERT
            + INSERT_TILE.repeat(tiles.size())
            + (commit ? COMMIT : "");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = bind(with, statement, 1);
      long size = growth.head().size();
      statement.setLong(next++, size);
      statement.setBytes(next++, growth.head().checkpoint());
      statement.setLong(next++, size + rows.size());
      statement.setBytes(next++, growth.checkpoint());
      statement.setInt(next++, logId);
      statement.setInt(next++, logId);
      statement.setLong(next++, size);
      statement.setArray(next++, connection.createArrayOf("bigint", tickets));
      statement.setArray(next++, connection.createArrayOf("bytea", hashes));
      statement.setArray(next++, connection.createArrayOf("bytea", entries));
      for (GrowingTree.FinishedTile tile : tiles) {
        statement.setInt(next++, logId);
        statement.setInt(next++, tile.level());
        statement.setLong(next++, tile.index());
        statement.setBytes(next++, tile.nodes().root());
        statement.setBytes(next++, tile.nodes().hashes(tile.nodes().width()));
      }
      statement.execute();
    }
  }

  /** Does what was kept for the end of a transaction without entries, and commits. */
  static void commit(Connection connection, List<PendingEntry.Companion> with) throws SQLException {
    if (with.isEmpty()) {
      connection.commit();
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(statements(with) + "COMMIT")) {
      bind(with, statement, 1);
      statement.execute();
    }
  }

  static SQLException sealed() {
    return new SQLNonTransientException(
        "the log is sealed: it takes no more entries", TransparencyLog.SEALED);
  }

  /** Refuses what is no entry. */
  static void requireEntry(byte[] entry) {
    if (entry.length == 0 || entry.length > EntryBundle.MAXIMUM_ENTRY_LENGTH) {
      throw new IllegalArgumentException(
          "an entry has 1 to 65,535 bytes; this one has " + entry.length);
    }
  }

  /**
   * Keeps appends of callers' transactions out until this transaction ends.
   *
   * @param wait whether to wait for transactions that have appended
   * @return whether they are kept out; false only without waiting
   */
  boolean lockOutAppends(Connection connection, boolean wait) throws SQLException {
    String lock =
        wait ? "SELECT pg_advisory_xact_lock(?, ?)" : "SELECT pg_try_advisory_xact_lock(?, ?)";
    try (PreparedStatement select = connection.prepareStatement(lock)) {
      select.setInt(1, SEAL_LOCK);
      select.setInt(2, logId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return wait || row.getBoolean(1);
      }
    }
  }

  void seal(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE transparency_log SET sealed_at = coalesce(sealed_at, ?) WHERE log_id = ?")) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setInt(2, logId);
      update.executeUpdate();
    }
  }
}
