package org.mekong.registry.disclosure.repeat;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.mekong.registry.retention.OldRows;

/** Forgets questions that no gateway repeats any more. */
@Singleton
public final class OldQuestions {

  private static final OldRows OLD =
      new OldRows("asked_question", "country, request_id", "asked_at");

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

  /** Forgets them. */
  @Scheduled(
      every = "10m",
      delayed = "3m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    OLD.forget(database, clock.instant().minus(config.keptFor()));
  }
}
