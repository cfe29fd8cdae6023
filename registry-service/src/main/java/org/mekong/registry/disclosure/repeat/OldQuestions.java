package org.mekong.registry.disclosure.repeat;

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

/** Forgets questions that no gateway repeats any more. */
@Singleton
public final class OldQuestions {

  private static final int BATCH = 10_000;
  private static final String FORGET =
      "delete from asked_question where (country, request_id) in (select country, request_id"
          + " from asked_question where asked_at < ? order by asked_at limit "
          + BATCH
          + " for update skip locked)";

  private final DataSource database;
  private final Clock clock;
  private final Config config;

  OldQuestions(DataSource database, Clock clock, Config config) {
    this.database = database;
    this.clock = clock;
    this.config = config;
  }

  /** How long questions are kept. */
  @ConfigMapping(prefix = "registry.questions")
  interface Config {

    /** Longer than gateways keep request ids ({@code gateway.exchange.replay-retention}). */
    @WithDefault("P8D")
    Duration keptFor();
  }

  /** Forgets, a batch at a time; replicas may do it at once. */
  @Scheduled(
      every = "10m",
      delayed = "3m",
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
