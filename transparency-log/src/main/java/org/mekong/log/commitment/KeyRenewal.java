package org.mekong.log.commitment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Destroys month keys that were retired, once every replica has turned to the new ones: after that
 * no backup leads to whom was erased before. One thread of its own; replicas may do it together,
 * and what an interruption leaves over is done after the next start.
 */
public final class KeyRenewal implements AutoCloseable {
  private static final Logger LOG = System.getLogger(KeyRenewal.class.getName());
  private static final int SECONDS_BETWEEN = 30;

  private final DataSource database;
  private final Commitments commitments;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("key-renewal").unstarted(task));

  public KeyRenewal(DataSource database, Commitments commitments) {
    this.database = database;
    this.commitments = commitments;
    rounds.scheduleWithFixedDelay(this::forget, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  /** Retires the present keys; they are destroyed some minutes later. */
  public void renew() throws SQLException {
    commitments.renewKeys();
  }

  private void forget() {
    try (Connection connection = database.getConnection()) {
      int destroyed = commitments.forgetRetiredKeys(connection);
      if (destroyed > 0) {
        LOG.log(Level.INFO, "{0} retired month keys were destroyed", destroyed);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "retired month keys could not be destroyed yet", e);
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
