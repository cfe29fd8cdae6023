package org.mekong.identity.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.log.PendingEntry;
import org.mekong.log.year.YearlyLog;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUse;

/** A database transaction in which a deed and its entry in the journal are done together. */
public final class Transaction {
  private final @Nullable Connection connection;
  private final @Nullable AtOnce atOnce;
  private final YearlyLog log;
  private final List<PendingEntry> written = new ArrayList<>();

  private Transaction(@Nullable Connection connection, @Nullable AtOnce atOnce, YearlyLog log) {
    this.connection = connection;
    this.atOnce = atOnce;
    this.log = log;
  }

  static Transaction in(Connection connection, YearlyLog log) {
    return new Transaction(connection, null, log);
  }

  static Transaction of(AtOnce atOnce, YearlyLog log) {
    return new Transaction(null, atOnce, log);
  }

  /**
   * The connection; the journal commits it. A deed that is to be done at once and asks for it
   * begins anew.
   */
  public Connection connection() {
    if (connection == null) {
      throw new AtOnce.Impossible();
    }
    return connection;
  }

  /** Whether the deed is to be done at once, in one message at its end, by what is remembered. */
  public boolean isAtOnce() {
    return atOnce != null;
  }

  /** Makes the deed count only if something remembered still holds when it is committed. */
  public void rely(Reliance reliance) {
    if (atOnce != null) {
      atOnce.rely(reliance);
    }
  }

  /**
   * Uses a thing: it is used if and when the transaction commits.
   *
   * @throws AlreadyUsed when it was used before; a deed that is to be done at once begins anew
   *     instead, later
   */
  public void spend(SingleUse thing, Instant until) throws AlreadyUsed, SQLException {
    if (atOnce != null) {
      atOnce.spend(thing, until);
    } else {
      PostgresSingleUseStore.spend(connection(), thing, until);
    }
  }

  /** Writes an entry, which counts when the transaction commits. */
  public void record(JournalEntry entry) throws SQLException {
    if (atOnce != null) {
      atOnce.record(entry);
    } else {
      written.add(log.append(connection(), entry.bytes()));
    }
  }

  List<PendingEntry> written() {
    return written;
  }
}
