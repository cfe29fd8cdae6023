package org.mekong.registry.matching.run;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.job.JobSteps;
import org.mekong.registry.transaction.Transaction;

/**
 * The one thread of a replica that works on matching: first those who are due, then a stretch of a
 * job. Every step is a transaction, so whatever stops a replica, nothing is half done, and the next
 * step is anybody's.
 */
@ApplicationScoped
class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final int STRETCH = 400;
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final long LONGEST_STEP_SECONDS = 10;

  private final MatchingConfig config;
  private final DataSource database;
  private final DueQueue due;
  private final JobSteps steps;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;
  private Instant quietUntil = Instant.EPOCH;

  Worker(MatchingConfig config, DataSource database, DueQueue due, JobSteps steps, Clock clock) {
    this.config = config;
    this.database = database;
    this.due = due;
    this.steps = steps;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    if (config.work()) {
      thread = Thread.ofPlatform().name("matching").daemon().start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(Duration.ofSeconds(LONGEST_STEP_SECONDS));
    }
  }

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        boolean worked = step();
        if (!worked && stopping.await(config.pause().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean step() {
    try {
      return Transaction.of(database, transaction -> due.work(transaction) > 0) || jobStep();
    } catch (SQLException | RuntimeException e) {
      if (clock.instant().isAfter(quietUntil)) {
        quietUntil = clock.instant().plus(SILENCE);
        LOG.errorf("Matching waits: %s", e.getClass().getSimpleName());
        LOG.debug("Why matching waits", e);
      }
      return false;
    }
  }

  private boolean jobStep() throws SQLException {
    JobSteps.Taken taken = new JobSteps.Taken();
    try {
      return Transaction.of(database, transaction -> steps.work(transaction, STRETCH, taken));
    } catch (RuntimeException e) {
      if (!taken.isSome()) {
        throw e;
      }
      LOG.errorf("A job of matching failed: %s", e.getClass().getName());
      LOG.debug("Why a job of matching failed", e);
      return Transaction.of(database, transaction -> steps.fail(transaction, taken));
    }
  }
}
