package org.mekong.identity.startup;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.identity.issued.Revocations;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;

/**
 * Forgets used-up identifiers that are worthless by themselves now. Replicas may do so together.
 */
@Singleton
class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final Duration LAG = Duration.ofMinutes(1); // more than clocks differ
  private static final Duration ANSWERS_KEPT = Duration.ofDays(7);
  private static final String FORGET_ANSWERS = "DELETE FROM idempotency WHERE created_at < ?";
  private static final List<String> FORGET_CODES =
      List.of(
          "DELETE FROM activation WHERE expires_at < ?",
          "DELETE FROM setup_token WHERE expires_at < ?",
          // What nobody decided in time cannot be decided any more: of whom it was is not needed.
          "UPDATE proposal SET content = '{}' WHERE status = 'pending' AND act LIKE 'account-%'"
              + " AND content <> '{}' AND expires_at < ?");
  private static final int BATCH = 5_000;
  private static final int SECONDS_BETWEEN = 20;

  private final DataSource database;
  private final PostgresSingleUseStore used;
  private final Revocations revocations;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  Housekeeping(DataSource database, Revocations revocations, Clock clock) {
    this.database = database;
    this.revocations = revocations;
    this.used = new PostgresSingleUseStore(database);
    this.clock = clock;
  }

  void start(@Observes StartupEvent start) {
    timer.scheduleWithFixedDelay(this::forget, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent stop) {
    timer.shutdownNow();
  }

  private void forget() {
    try {
      while (used.forget(clock.instant().minus(LAG), BATCH) == BATCH) {
        LOG.debug("forgot a batch of used identifiers");
      }
      forgetAnswers();
    } catch (SQLException | RuntimeException failed) {
      LOG.warn("used identifiers could not be forgotten", failed);
    }
  }

  private void forgetAnswers() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET_ANSWERS)) {
      delete.setObject(1, clock.instant().minus(ANSWERS_KEPT).atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
      revocations.forget(connection, clock.instant().minus(LAG));
      ExpiredRows.forget(connection, clock.instant().minus(LAG));
    }
    for (String expired : FORGET_CODES) {
      try (Connection connection = database.getConnection();
          PreparedStatement delete = connection.prepareStatement(expired)) {
        delete.setObject(1, clock.instant().minus(LAG).atOffset(ZoneOffset.UTC));
        delete.executeUpdate();
      }
    }
  }
}
