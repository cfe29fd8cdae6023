package org.mekong.identity.journal;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.NodeConfig;
import org.mekong.log.LogException;
import org.mekong.log.LogResource;
import org.mekong.log.LogSettings;
import org.mekong.log.PendingEntry;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.NoteSigner;

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
  private final TransparencyLog log;
  private final String verifierKey;
  private final AtomicReference<@Nullable PendingEntry> newest = new AtomicReference<>();
  private final ScheduledExecutorService placing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("journal").factory());

  Journal(DataSource database, NodeConfig node, JournalConfig config, Clock clock) {
    this.database = database;
    NoteSigner signer = LogKey.read(node, config, clock);
    this.verifierKey = signer.verifierKey().toString();
    this.log = TransparencyLog.open(database, new LogSettings(signer.name(), signer, clock));
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
      Transaction transaction = new Transaction(connection, log);
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

  /** The log itself, for those who keep it. */
  public TransparencyLog log() {
    return log;
  }

  /**
   * A static resource of the log (c2sp.org/tlog-tiles).
   *
   * @throws JournalUnavailable when the database fails
   */
  Optional<LogResource> read(String path) {
    try {
      return log.read(path);
    } catch (LogException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  /**
   * The entries from an index on, oldest first, the newest included: at most those of one bundle.
   *
   * @throws JournalUnavailable when the database fails
   */
  List<byte[]> entriesFrom(long index) {
    try {
      place();
      return LogPages.entriesFrom(log, index);
    } catch (LogException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  /** The identity of the log. */
  public String origin() {
    return log.origin();
  }

  /** The year of the log, the last part of its origin. */
  public String year() {
    return log.origin().substring(log.origin().lastIndexOf('/') + 1);
  }

  /** The public key of the log as a vkey (c2sp.org/signed-note). */
  String verifierKey() {
    return verifierKey;
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
    log.close();
  }
}
