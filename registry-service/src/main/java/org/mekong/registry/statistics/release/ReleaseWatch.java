package org.mekong.registry.statistics.release;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.registry.statistics.count.Counters;
import org.mekong.registry.transaction.Transaction;

/** Folds the figures every few seconds, and makes the release of a month when it has begun. */
@Singleton
class ReleaseWatch {

  private static final Logger LOG = Logger.getLogger(ReleaseWatch.class);
  private static final int ROUND_SECONDS = 20;

  private final DataSource database;
  private final Releases releases;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("statistics").daemon().factory());

  ReleaseWatch(DataSource database, Releases releases) {
    this.database = database;
    this.releases = releases;
  }

  void start(@Observes StartupEvent event) {
    rounds.scheduleWithFixedDelay(this::roundLogged, 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    rounds.shutdownNow();
    rounds.awaitTermination(ROUND_SECONDS, TimeUnit.SECONDS);
  }

  private void roundLogged() {
    try {
      fold();
      releases.makeIfDue();
    } catch (SQLException | RuntimeException e) {
      LOG.errorf("Statistics wait for the next round: %s", e.getClass().getSimpleName());
      LOG.debug("Why statistics wait", e);
    }
  }

  private void fold() throws SQLException {
    Transaction.run(
        database,
        transaction -> {
          while (Counters.fold(transaction)) {
            transaction.commit();
          }
        });
  }
}
