package org.mekong.registry.webhook.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.webhook.Webhook;
import org.mekong.registry.webhook.Webhooks;
import org.mekong.registry.webhook.delivery.Deliveries;
import org.mekong.registry.webhook.delivery.Delivery;

/**
 * Notes what comes of deliveries, in short transactions that hold the webhook and count only while
 * the lease does. Thread-safe.
 */
@Singleton
final class Records {

  private final DataSource database;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final MeterRegistry metrics;
  private final Clock clock;

  Records(
      DataSource database,
      Webhooks webhooks,
      Deliveries deliveries,
      MeterRegistry metrics,
      Clock clock) {
    this.database = database;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** How a webhook stands, with the oldest delivery that waits. */
  record State(Webhook webhook, Optional<Delivery> waiting) {}

  /** A step in a transaction that holds the webhook. */
  @FunctionalInterface
  interface Step {

    /** Whether it was done. */
    boolean run(Connection transaction, Webhook held) throws SQLException;
  }

  /** Takes the lease of a webhook, if it is to be had. */
  Optional<Lease> lease(UUID webhook, Duration length) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Lease.take(connection, webhook, length);
    }
  }

  /** Gives a lease back. */
  void leave(Lease lease, Duration pause) throws SQLException {
    try (Connection connection = database.getConnection()) {
      lease.leave(connection, pause);
    }
  }

  State state(UUID webhook) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return new State(
          webhooks.find(connection, webhook).orElseThrow(),
          deliveries.pending(connection, webhook));
    }
  }

  /** Notes an attempt; whether the lease still counted. */
  boolean attempted(
      Lease lease,
      Delivery delivery,
      Delivery.State state,
      String outcome,
      @Nullable Integer status)
      throws SQLException {
    Delivery after = delivery.attempted(state, outcome, status, now());
    String told = state == Delivery.State.DEAD ? "dead" : outcome;
    metrics.counter("mekong.webhook.deliveries", "outcome", told).increment();
    return held(
        lease,
        (transaction, held) -> {
          deliveries.attempted(transaction, after);
          return true;
        });
  }

  /** Stops the webhook until somebody looks at it. */
  void stop(Lease lease, String reason) throws SQLException {
    boolean unused =
        held(
            lease,
            (transaction, held) -> {
              webhooks.put(transaction, held.in(Webhook.State.STOPPED, reason, now()));
              return true;
            });
  }

  /** Does a step, if the lease still counts. */
  boolean held(Lease lease, Step step) throws SQLException {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        boolean done =
            lease.hold(transaction)
                && step.run(
                    transaction, webhooks.find(transaction, lease.webhookId()).orElseThrow());
        transaction.commit();
        return done;
      } catch (SQLException | RuntimeException e) {
        transaction.rollback();
        throw e;
      } finally {
        transaction.setAutoCommit(true);
      }
    }
  }

  /** Now, as exactly as it is stored. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
