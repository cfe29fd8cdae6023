package org.mekong.registry.bulk.job;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.BulkConfig;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.population.load.VillageRows;
import org.mekong.registry.transaction.Transaction;

/**
 * The threads of a replica that work on imports, each on one chunk at a time. A chunk is one
 * transaction, so whatever stops a replica, nothing is half done, and the next chunk is anybody's.
 */
@ApplicationScoped
class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final long LONGEST_STEP_SECONDS = 10;
  private static final int MOST_TRIES = 10;

  private final BulkConfig config;
  private final DataSource database;
  private final NationProfile profile;
  private final Imports imports;
  private final ChunkWork work;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final Map<UUID, Integer> tries = new ConcurrentHashMap<>();
  private volatile Instant quietUntil = Instant.EPOCH;

  Worker(
      BulkConfig config,
      DataSource database,
      NationProfile profile,
      Imports imports,
      ChunkWork work,
      Clock clock) {
    this.profile = profile;
    this.config = config;
    this.database = database;
    this.imports = imports;
    this.work = work;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    for (int i = 0; i < config.workers(); i++) {
      threads.add(Thread.ofPlatform().name("import-" + i).daemon().start(this::run));
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(LONGEST_STEP_SECONDS));
    }
  }

  private void run() {
    Hand hand = new Hand();
    try {
      while (stopping.getCount() > 0) {
        if (!hand.step() && stopping.await(config.pause().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One thread's work. */
  private final class Hand {
    private @Nullable VillageRows writers;
    private @Nullable UUID on;

    boolean step() {
      on = null;
      try {
        for (Import of : Transaction.of(database, this::waiting)) {
          on = of.id();
          if (work(of)) {
            tries.remove(of.id());
            return true;
          }
        }
        return false;
      } catch (SQLException | RuntimeException | Error e) {
        writers = null;
        return failed(e);
      }
    }

    private List<Import> waiting(Connection transaction) throws SQLException {
      for (Import left :
          imports.left(transaction, clock.instant().minus(config.uploadPatience()))) {
        imports.forget(transaction, left.id());
      }
      List<Import> open = imports.open(transaction);
      for (Import of : open) {
        if (of.state() == Import.State.UPLOADED) {
          imports.start(transaction, of.id());
        }
      }
      return open;
    }

    private boolean work(Import of) throws SQLException {
      return Transaction.of(
              database,
              transaction -> {
                VillageRows rows =
                    writers == null ? new VillageRows(transaction, profile) : writers;
                writers = rows;
                return work.work(transaction, of, rows);
              })
          || Transaction.of(database, transaction -> work.advance(transaction, of.id()));
    }

    /** What another came between, or the database refused for a while, is tried again. */
    private boolean failed(Throwable e) {
      UUID id = on;
      boolean again = e instanceof SQLException failure && isPassing(failure);
      if (clock.instant().isAfter(quietUntil)) {
        quietUntil = clock.instant().plus(SILENCE);
        LOG.errorf("An import waits: %s", e.getClass().getName());
        LOG.debug("Why an import waits", e);
      }
      if (id == null || again || tries.merge(id, 1, Integer::sum) < MOST_TRIES) {
        return false;
      }
      tries.remove(id);
      LOG.errorf("An import failed: %s", e.getClass().getName());
      try {
        return Transaction.of(
            database,
            transaction -> {
              work.fail(transaction, id);
              return true;
            });
      } catch (SQLException | RuntimeException cannotEither) {
        return false;
      }
    }
  }

  /** Connections that break, a database that starts or is full, deadlocks, serialisation. */
  private static boolean isPassing(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("57")
        || state.startsWith("53")
        || state.startsWith("40");
  }
}
