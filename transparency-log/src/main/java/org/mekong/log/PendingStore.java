package org.mekong.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes entries of one log that wait for their places, and finds the places that they got. */
final class PendingStore {
  private static final int RESERVED = 128;

  /** How far from where an entry cannot be below it is looked for first; then 16 times as far. */
  private static final long NEAR = 4_096;

  private static final String ENTER = "SELECT pg_advisory_xact_lock_shared(?, ?)";
  private static final String DO_NOT_WAIT_FOR_THE_DISK =
      ", set_config('synchronous_commit', 'off', true)";
  private static final String INSERT_PENDING =
      "; INSERT INTO log_pending_entry (log_id, entry)"
          + " SELECT log_id, ? FROM transparency_log WHERE log_id = ? AND sealed_at IS NULL"
          + " RETURNING ticket, (SELECT size FROM transparency_log l WHERE l.log_id ="
          + " log_pending_entry.log_id)";
  // Identities are given in the order of the rows, so the tickets are in the order of the entries.
  private static final String INSERT_MANY_PENDING =
      "; INSERT INTO log_pending_entry (log_id, entry)"
          + " SELECT l.log_id, added.e FROM transparency_log l,"
          + " unnest(?::bytea[]) WITH ORDINALITY AS added(e, n)"
          + " WHERE l.log_id = ? AND l.sealed_at IS NULL ORDER BY added.n"
          + " RETURNING ticket, (SELECT size FROM transparency_log l WHERE l.log_id ="
          + " log_pending_entry.log_id)";
  // A sealed log makes it fail, so that nothing of its message stays.
  private static final String INSERT_PENDING_OR_FAIL =
      "; INSERT INTO log_pending_entry (log_id, entry) VALUES ((SELECT log_id FROM"
          + " transparency_log WHERE log_id = ? AND sealed_at IS NULL), ?)"
          + " RETURNING ticket, (SELECT size FROM transparency_log l WHERE l.log_id ="
          + " log_pending_entry.log_id)";
  private static final String FIND_TICKETS =
      "SELECT ticket, entry_index FROM log_entry"
          + " WHERE log_id = ? AND entry_index >= ? AND entry_index < ?"
          + " AND ticket = ANY (?::bigint[])";

  private static final String RESERVE =
      "SELECT nextval(pg_get_serial_sequence('log_pending_entry', 'ticket'))"
          + " FROM generate_series(1, "
          + RESERVED
          + ")";

  private final int logId;
  private final ConcurrentLinkedQueue<Long> reserved = new ConcurrentLinkedQueue<>();

  PendingStore(int logId) {
    this.logId = logId;
  }

  /**
   * A ticket for an entry that gets its place without ever being pending. They are taken from the
   * database by the hundred; some are never used.
   */
  long reserve(Connection connection) throws SQLException {
    Long ticket = reserved.poll();
    while (ticket == null) {
      try (PreparedStatement select = connection.prepareStatement(RESERVE);
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          reserved.add(rows.getLong(1));
        }
      }
      ticket = reserved.poll();
    }
    return ticket;
  }

  /**
   * Writes entries that wait for their places, in one message; none when the log is sealed.
   *
   * @param awaited whether the transaction's commit need not wait for the disk: the step that
   *     integrates the entries will
   * @return in the order of the entries
   */
  List<PendingEntry> insertPending(
      Connection connection, String origin, List<byte[]> entries, boolean awaited)
      throws SQLException {
    boolean one = entries.size() == 1;
    String sql =
        ENTER
            + (awaited ? DO_NOT_WAIT_FOR_THE_DISK : "")
            + (one ? INSERT_PENDING : INSERT_MANY_PENDING);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, LogStore.SEAL_LOCK);
      statement.setInt(2, logId);
      if (one) {
        statement.setBytes(3, entries.getFirst());
      } else {
        statement.setArray(
            3, connection.createArrayOf("bytea", entries.toArray(new byte[entries.size()][])));
      }
      statement.setInt(4, logId);
      statement.execute();
      statement.getMoreResults();
      List<PendingEntry> pending = new ArrayList<>();
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          pending.add(new PendingEntry(origin, rows.getLong(1), rows.getLong(2)));
        }
      }
      pending.sort(Comparator.comparingLong(PendingEntry::ticket));
      return pending;
    }
  }

  /**
   * Does what comes with an entry, writes the entry and commits, all in one message: without an
   * explicit transaction the database makes one of it.
   */
  PendingEntry insertPendingAndCommit(
      Connection connection, String origin, PendingEntry.Companion with, byte[] entry)
      throws SQLException {
    String sql = ENTER + "; " + with.sql() + INSERT_PENDING_OR_FAIL;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, LogStore.SEAL_LOCK);
      statement.setInt(2, logId);
      int next = with.bind(statement, 3);
      statement.setInt(next, logId);
      statement.setBytes(next + 1, entry);
      statement.execute();
      while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
        ResultSet rows = statement.getResultSet();
        if (rows != null && rows.getMetaData().getColumnCount() == 2 && rows.next()) {
          return new PendingEntry(origin, rows.getLong(1), rows.getLong(2));
        }
      }
      throw new SQLException("the database says nothing of the entry");
    }
  }

  /**
   * Where pending entries have found their places, by ticket.
   *
   * @param from the index that none of them is below
   * @param end the size of the log
   */
  Map<Long, Long> findTickets(Connection connection, long from, long end, List<Long> tickets)
      throws SQLException {
    Map<Long, Long> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(FIND_TICKETS)) {
      select.setInt(1, logId);
      select.setArray(4, connection.createArrayOf("bigint", tickets.toArray(Long[]::new)));
      long width = NEAR;
      for (long first = from; first < end && found.size() < tickets.size(); width *= 16) {
        select.setLong(2, first);
        select.setLong(3, first + width);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.put(rows.getLong(1), rows.getLong(2));
          }
        }
        first += width;
      }
    }
    return found;
  }
}
