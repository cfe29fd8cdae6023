package org.mekong.registry.webhook.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.mekong.registry.webhook.WebhookConfig;

/** Tells how webhooks stand, and forgets what became of deliveries long ago. */
@Wellness
@Singleton
class WebhookStanding implements HealthCheck {

  private static final int BATCH = 10_000;
  private static final String STAND =
      "select count(*) filter (where state = 'active'), count(*) filter (where state = 'stopped'),"
          + " (select count(*) from webhook_delivery d where d.state = 'dead'),"
          + " coalesce(max((select f.position from change_feed f where f.id = 1)"
          + " - coalesce((select min(d.after) from webhook_delivery d"
          + " where d.webhook_id = w.webhook_id and d.state = 'pending'), w.position))"
          + " filter (where state in ('active', 'stopped')), 0) from webhook w";

  private final DataSource database;
  private final Deliveries deliveries;
  private final WebhookConfig config;
  private final Clock clock;
  private volatile Stand stand = new Stand(0, 0, 0, 0);

  private record Stand(long active, long stopped, long dead, long behind) {}

  WebhookStanding(
      DataSource database,
      Deliveries deliveries,
      WebhookConfig config,
      MeterRegistry metrics,
      Clock clock) {
    this.database = database;
    this.deliveries = deliveries;
    this.config = config;
    this.clock = clock;
    Gauge.builder("mekong.webhook.active", this, of -> of.stand.active)
        .description("Webhooks that are delivered to")
        .register(metrics);
    Gauge.builder("mekong.webhook.stopped", this, of -> of.stand.stopped)
        .description("Webhooks that stopped by themselves")
        .register(metrics);
    Gauge.builder("mekong.webhook.dead.letters", this, of -> of.stand.dead)
        .description("Deliveries of which no attempt succeeded")
        .register(metrics);
    Gauge.builder("mekong.webhook.lag", this, of -> of.stand.behind)
        .description("Entries of the feed by which the slowest webhook is behind")
        .register(metrics);
  }

  @Scheduled(
      every = "10s",
      delayed = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(STAND);
        ResultSet row = select.executeQuery()) {
      row.next();
      stand = new Stand(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  @Scheduled(
      every = "10m",
      delayed = "60s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    try (Connection connection = database.getConnection()) {
      int forgotten = BATCH;
      while (forgotten == BATCH) {
        forgotten =
            deliveries.forget(
                connection,
                clock.instant().atOffset(ZoneOffset.UTC).minus(config.retention()).toInstant(),
                BATCH);
      }
    }
  }

  /** Always up: what a receiver does is no illness of the register's. */
  @Override
  public HealthCheckResponse call() {
    Stand now = stand;
    return HealthCheckResponse.named("webhooks")
        .up()
        .withData("active", now.active)
        .withData("stopped", now.stopped)
        .withData("deadLetters", now.dead)
        .withData("entriesBehind", now.behind)
        .build();
  }
}
