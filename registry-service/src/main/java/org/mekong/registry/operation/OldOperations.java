package org.mekong.registry.operation;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.mekong.registry.retention.OldRows;

/**
 * Forgets outcomes that are too old to be asked for again, so that what was answered, which may be
 * personal data, does not stay for ever. After that time a key counts as new.
 */
@Singleton
public final class OldOperations {

  private static final OldRows OLD =
      new OldRows("operation", "caller, idempotency_key", "created_at");

  private final DataSource database;
  private final Clock clock;
  private final Config config;

  OldOperations(DataSource database, Clock clock, Config config) {
    this.database = database;
    this.clock = clock;
    this.config = config;
  }

  /** How long outcomes are kept. */
  @ConfigMapping(prefix = "registry.operations")
  interface Config {

    /** From when the request came; clients stop repeating long before. */
    @WithDefault("P30D")
    Duration keptFor();
  }

  /** Forgets them. */
  @Scheduled(
      every = "10m",
      delayed = "2m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    OLD.forget(database, clock.instant().minus(config.keptFor()));
  }
}
