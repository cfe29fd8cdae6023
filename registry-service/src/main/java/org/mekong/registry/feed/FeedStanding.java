package org.mekong.registry.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells how far the feed is, and how long the oldest change has waited for its position. A feed
 * that stands still makes no replica unready: the register works without it.
 */
@Wellness
@Singleton
class FeedStanding implements HealthCheck {

  private static final double STILL_SECONDS = 60;
  private static final String STAND =
      "select f.position, f.first, coalesce((select sum(entries) from change_arrival), 0),"
          + " coalesce((select extract(epoch from clock_timestamp() - min(arrived_at))"
          + " from change_arrival), 0) from change_feed f where id = 1";

  private final DataSource database;
  private volatile Stand stand = new Stand(0, 1, 0, 0);

  private record Stand(long position, long first, long waiting, double seconds) {}

  FeedStanding(DataSource database, MeterRegistry metrics) {
    this.database = database;
    Gauge.builder("mekong.feed.position", this, of -> of.stand.position)
        .description("Position of the last entry of the change feed")
        .register(metrics);
    Gauge.builder("mekong.feed.waiting", this, of -> of.stand.waiting)
        .description("Entries that are committed and have no position yet")
        .register(metrics);
    Gauge.builder("mekong.feed.lag.seconds", this, of -> of.stand.seconds)
        .description("Since when the oldest of them has waited")
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
      stand = new Stand(row.getLong(1), row.getLong(2), row.getLong(3), row.getDouble(4));
    }
  }

  @Override
  public HealthCheckResponse call() {
    Stand now = stand;
    return HealthCheckResponse.named("change feed")
        .status(now.seconds < STILL_SECONDS)
        .withData("position", now.position)
        .withData("first", now.first)
        .withData("waiting", now.waiting)
        .withData("lagSeconds", Math.round(now.seconds))
        .build();
  }
}
