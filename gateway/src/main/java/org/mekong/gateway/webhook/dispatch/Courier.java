package org.mekong.gateway.webhook.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.webhook.WebhookConfig;
import org.mekong.webhooks.post.Answer;
import org.mekong.webhooks.post.Envelope;
import org.mekong.webhooks.post.Pauses;
import org.mekong.webhooks.post.Post;
import org.mekong.webhooks.secret.SecretSeal;

/**
 * Delivers one message: sends what it has claimed, signed by Standard Webhooks 1.0.0, and notes
 * what came of it. No transaction is open while a receiver takes its time. Thread-safe.
 */
@Singleton
class Courier {

  private static final Duration SPARE = Duration.ofSeconds(10);

  private final Transactions transactions;
  private final SecretSeal seal;
  private final Post post;
  private final WebhookConfig config;
  private final MeterRegistry metrics;
  private final Pauses pauses;

  @Inject Clock clock;

  @ConfigProperty(name = "gateway.base-url")
  URI base;

  @Inject
  Courier(
      Transactions transactions,
      SecretSeal seal,
      Post post,
      WebhookConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.seal = seal;
    this.post = post;
    this.config = config;
    this.metrics = metrics;
    this.pauses = new Pauses(config.firstPause(), config.longestPause(), new SecureRandom());
  }

  /**
   * The body of a message.
   *
   * @param type always {@code operation.finished}
   */
  record Message(String type, Instant timestamp, Data data) {}

  /**
   * What happened.
   *
   * @param state that the operation has now
   * @param location where its client fetches the outcome
   */
  record Data(UUID webhook, UUID operation, String state, URI location) {}

  /** Claims what is due, of other webhooks than these. */
  Optional<Delivery> claim(Collection<UUID> without) throws SQLException {
    return transactions.in(
        connection -> Delivery.take(connection, config.deadline().plus(SPARE), without));
  }

  /** Makes one attempt. */
  void deliver(Delivery delivery) throws SQLException, InterruptedException {
    Envelope envelope;
    try {
      envelope =
          Envelope.signed(
              "Mekong-Gateway",
              delivery.id(),
              clock.instant(),
              body(delivery),
              seal.openAll(delivery.webhook(), delivery.secrets()));
    } catch (SecretSeal.Unreadable unreadable) {
      stop(delivery, "secret-unreadable", null);
      return;
    }
    Answer answer = post.send(delivery.url(), envelope);
    if (answer.isDelivered()) {
      done(delivery, "delivered", answer, Duration.ZERO);
    } else if (answer.isGone()) {
      stop(delivery, answer.outcome(), status(answer));
    } else if (delivery.attempts() >= config.attempts()) {
      done(delivery, "dead", answer, Duration.ZERO);
    } else {
      done(delivery, "pending", answer, pauses.after(delivery.attempts(), answer.retryAfter()));
    }
  }

  private void done(Delivery delivery, String state, Answer answer, Duration pause)
      throws SQLException {
    String told = state.equals("dead") ? "dead" : answer.outcome();
    metrics.counter("mekong.webhook.deliveries", "outcome", told).increment();
    transactions.in(
        connection -> {
          delivery.done(connection, state, answer.outcome(), status(answer), pause);
          return true;
        });
  }

  private void stop(Delivery delivery, String reason, @Nullable Integer status)
      throws SQLException {
    transactions.in(
        connection -> {
          delivery.done(connection, "pending", reason, status, Duration.ZERO);
          delivery.stop(connection, reason);
          return true;
        });
  }

  private static @Nullable Integer status(Answer answer) {
    return answer instanceof Answer.Status status ? status.code() : null;
  }

  private byte[] body(Delivery delivery) {
    URI location = base.resolve("/v1/operations/" + delivery.operation());
    var message =
        new Message(
            "operation.finished",
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            new Data(
                delivery.webhook(), delivery.operation(), delivery.operationState(), location));
    try {
      return StrictJson.mapper().writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Scheduled(
      every = "1h",
      delayed = "70s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    Instant before = clock.instant().atZone(ZoneOffset.UTC).minus(config.retention()).toInstant();
    transactions.in(connection -> Delivery.forget(connection, before));
  }
}
