package org.mekong.identity.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.mekong.log.PendingEntry;
import org.mekong.log.year.YearlyLog;

/** A database transaction in which a deed and its entry in the journal are done together. */
public final class Transaction {
  private final Connection connection;
  private final YearlyLog log;
  private final List<PendingEntry> written = new ArrayList<>();

  Transaction(Connection connection, YearlyLog log) {
    this.connection = connection;
    this.log = log;
  }

  /** The connection; the journal commits it. */
  public Connection connection() {
    return connection;
  }

  /** Writes an entry, which counts when the transaction commits. */
  public void record(JournalEntry entry) throws SQLException {
    written.add(log.append(connection, entry.bytes()));
  }

  List<PendingEntry> written() {
    return written;
  }
}
