package org.mekong.identity.journal;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;
import org.mekong.log.TransparencyLog;
import org.mekong.log.year.YearlyLog;

/**
 * The journal of this service. Deeds run in its transactions; what they record is committed with
 * them and takes its place in the signed log within a fraction of a second, without making callers
 * wait.
 */
@Startup
@Singleton
public class Journal {
  private static final Logger LOG = Logger.getLogger(Journal.class);
  private static final int PLACING_INTERVAL_MILLIS = 200;

  private final DataSource database;
  private final YearlyLog log;
  private final AtomicReference<@Nullable PendingEntry> newest = new AtomicReference<>();
  private final ScheduledExecutorService placing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("journal").factory());

  Journal(DataSource database, YearlyLog log) {
    this.database = database;
    this.log = log;
  }

  /** Something done in a transaction. Throwing undoes it, entry included. */
  @FunctionalInterface
  public interface Deed<T> {
    T in(Transaction transaction) throws SQLException;
  }

  /**
   * Does something together with its entries in the journal.
   *
   * @throws JournalUnavailable when the database fails: then nothing was done
   */
  public <T> T transact(Deed<T> deed) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Transaction transaction = Transaction.in(connection, log);
      T result;
      try {
        result = deed.in(transaction);
        connection.commit();
      } catch (SQLException | RuntimeException failed) {
        connection.rollback();
        throw failed;
      }
      transaction.written().forEach(newest::set);
      return result;
    } catch (SQLException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  /**
   * Does something together with its one entry in the journal, in one message to the database where
   * that can be: the deed may use up things and may rely on what is remembered, and is done a
   * second time, in the ordinary way, when something was used before, does not hold any more, or is
   * not remembered. So it must do nothing outside of its transaction.
   *
   * @throws JournalUnavailable when the database fails: then nothing was done
   */
  public <T> T transactAtOnce(Deed<T> deed) {
    AtOnce atOnce = new AtOnce();
    try {
      T result = deed.in(Transaction.of(atOnce, log));
      try (Connection connection = database.getConnection()) {
        newest.set(atOnce.commit(connection, log));
      }
      return result;
    } catch (AtOnce.Impossible inTheOrdinaryWay) {
      return transact(deed);
    } catch (SQLException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  /** Gives what was recorded so far its place in the log, when it has none yet. */
  private void place() {
    PendingEntry entry = newest.getAndSet(null);
    if (entry != null) {
      try {
        log.await(entry);
      } catch (LogException failed) {
        newest.compareAndSet(null, entry); // to be tried again, unless a newer one does it
        throw failed;
      }
    }
  }

  /** The log of each year. */
  public YearlyLog log() {
    return log;
  }

  /**
   * The entries of a log from an index on, oldest first, the newest included: at most those of one
   * bundle.
   *
   * @throws JournalUnavailable when the database fails
   */
  public List<byte[]> entriesFrom(TransparencyLog year, long index) {
    try {
      place();
      return LogPages.entriesFrom(year, index);
    } catch (LogException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  /** The identity of the log that is written into now. */
  public String origin() {
    return log.current().origin();
  }

  @PostConstruct
  void start() {
    placing.scheduleWithFixedDelay(
        this::placeQuietly,
        PLACING_INTERVAL_MILLIS,
        PLACING_INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private void placeQuietly() {
    try {
      place();
    } catch (LogException failed) {
      LOG.warn("the journal's newest entries wait for their place in the log", failed);
    }
  }

  @PreDestroy
  void stop() {
    placing.shutdown();
    placeQuietly();
  }
}
