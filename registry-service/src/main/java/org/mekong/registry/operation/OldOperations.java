package org.mekong.registry.operation;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Forgets outcomes that are too old to be asked for again, so that what was answered, which may be
 * personal data, does not stay for ever. After that time a key counts as new.
 */
@Singleton
public final class OldOperations {

  private static final int BATCH = 10_000;
  private static final String FORGET =
      "delete from operation where (caller, idempotency_key) in (select caller, idempotency_key"
          + " from operation where created_at < ? order by created_at limit "
          + BATCH
          + " for update skip locked)";

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

  /** Forgets, a batch at a time; replicas may do it at once. */
  @Scheduled(
      every = "10m",
      delayed = "2m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    int forgotten = BATCH;
    while (forgotten == BATCH) {
      try (Connection connection = database.getConnection();
          PreparedStatement delete = connection.prepareStatement(FORGET)) {
        delete.setObject(1, clock.instant().minus(config.keptFor()).atOffset(ZoneOffset.UTC));
        forgotten = delete.executeUpdate();
      }
    }
  }
}
