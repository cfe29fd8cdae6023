package org.mekong.gateway.operation.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.operation.watch.QueueView.Failure;
import org.mekong.gateway.operation.watch.QueueView.PeerQueue;
import org.mekong.gateway.storage.Transactions;

/** Counts the queue. */
@ApplicationScoped
class QueueWatch {

  private static final String COUNT =
      """
      SELECT country,
        count(*) FILTER (WHERE state = 'pending') AS pending,
        count(*) FILTER (WHERE state = 'pending' AND claimed_until > now()) AS under_way,
        count(*) FILTER (WHERE state = 'pending' AND failure IS NOT NULL) AS tried,
        min(created_at) FILTER (WHERE state = 'pending') AS oldest,
        min(expires_at) FILTER (WHERE state = 'pending') AS next_expiry,
        count(*) FILTER (WHERE state = 'answered') AS answered,
        count(*) FILTER (WHERE state = 'refused') AS refused,
        count(*) FILTER (WHERE state = 'expired') AS expired,
        count(*) FILTER (WHERE state = 'cancelled') AS cancelled
      FROM operation GROUP BY country ORDER BY country""";
  private static final String FAILURES =
      """
      SELECT country, failure, count(*) FROM operation
      WHERE state = 'pending' AND failure IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2""";
  private static final String WAITING =
      """
      SELECT country, count(*), extract(epoch FROM now() - min(created_at))
      FROM operation WHERE state = 'pending' GROUP BY country""";

  private final Transactions transactions;
  private final Clock clock;
  private final MultiGauge length;
  private final MultiGauge age;

  @Inject
  QueueWatch(Transactions transactions, Clock clock, MeterRegistry metrics) {
    this.transactions = transactions;
    this.clock = clock;
    this.length =
        MultiGauge.builder("mekong.queue.length")
            .description("Lookups that wait for an outcome, by the nation that is asked")
            .register(metrics);
    this.age =
        MultiGauge.builder("mekong.queue.age")
            .description("Age of the oldest lookup that waits for an outcome")
            .baseUnit("seconds")
            .register(metrics);
  }

  /** How the queue stands. */
  QueueView view() throws SQLException {
    return transactions.in(
        connection -> {
          Map<String, List<Failure>> failures = failures(connection);
          List<PeerQueue> peers = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(COUNT);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              peers.add(queue(row, failures));
            }
          }
          return new QueueView(peers.stream().mapToLong(PeerQueue::pending).sum(), peers);
        });
  }

  private PeerQueue queue(ResultSet row, Map<String, List<Failure>> failures) throws SQLException {
    String country = row.getString("country");
    Instant oldest = instant(row, "oldest");
    return new PeerQueue(
        country,
        row.getLong("pending"),
        row.getLong("under_way"),
        row.getLong("tried"),
        oldest,
        oldest == null ? 0 : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds()),
        instant(row, "next_expiry"),
        row.getLong("answered"),
        row.getLong("refused"),
        row.getLong("expired"),
        row.getLong("cancelled"),
        failures.getOrDefault(country, List.of()));
  }

  private static Map<String, List<Failure>> failures(Connection connection) throws SQLException {
    Map<String, List<Failure>> failures = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(FAILURES);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        failures
            .computeIfAbsent(row.getString(1), country -> new ArrayList<>())
            .add(new Failure(row.getString(2), row.getLong(3)));
      }
    }
    return failures;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** Measures; every replica tells the same numbers, so take the greatest of them, not the sum. */
  @Scheduled(
      every = "15s",
      delayed = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void measure() throws SQLException {
    List<MultiGauge.Row<?>> lengths = new ArrayList<>();
    List<MultiGauge.Row<?>> ages = new ArrayList<>();
    transactions.in(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(WAITING);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              Tags tags = Tags.of("country", row.getString(1));
              lengths.add(MultiGauge.Row.of(tags, row.getLong(2)));
              ages.add(MultiGauge.Row.of(tags, Math.max(0, row.getDouble(3))));
            }
          }
          return true;
        });
    length.register(lengths, true);
    age.register(ages, true);
  }
}
