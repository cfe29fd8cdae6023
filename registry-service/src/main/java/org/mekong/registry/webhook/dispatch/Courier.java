package org.mekong.registry.webhook.dispatch;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.webhook.WebhookConfig;
import org.mekong.registry.webhook.delivery.Delivery;
import org.mekong.webhooks.post.Answer;
import org.mekong.webhooks.post.Envelope;
import org.mekong.webhooks.post.Pauses;
import org.mekong.webhooks.post.Post;
import org.mekong.webhooks.secret.SecretSeal;

/**
 * Delivers one message to a webhook: takes its lease, sends what is due, notes what came of it. No
 * transaction is open while a receiver takes its time. Thread-safe.
 */
@Singleton
final class Courier {

  private static final Duration SPARE = Duration.ofSeconds(10);
  private static final Duration NOTHING = Duration.ofNanos(-1);

  private final Stretches stretches;
  private final Records records;
  private final Envelopes envelopes;
  private final Post post;
  private final WebhookConfig config;
  private final Duration spare;
  private final Pauses pauses;

  @Inject
  Courier(
      Stretches stretches, Records records, Envelopes envelopes, Post post, WebhookConfig config) {
    this(stretches, records, envelopes, post, config, SPARE);
  }

  /**
   * A courier with a lease of its own length.
   *
   * @param spare how much longer a lease lasts than a receiver may take: for all but the sending
   */
  Courier(
      Stretches stretches,
      Records records,
      Envelopes envelopes,
      Post post,
      WebhookConfig config,
      Duration spare) {
    this.stretches = stretches;
    this.records = records;
    this.envelopes = envelopes;
    this.post = post;
    this.config = config;
    this.spare = spare;
    this.pauses = new Pauses(config.firstPause(), config.longestPause(), new SecureRandom());
  }

  /** Delivers one message; whether there may be another one now. */
  boolean deliver(UUID id) throws SQLException, InterruptedException {
    Optional<Lease> taken = records.lease(id, config.deadline().plus(spare));
    if (taken.isEmpty()) {
      return false;
    }
    Lease lease = taken.get();
    Duration pause = config.firstPause(); // where this fails in a way nobody thought of
    try {
      pause = deliver(lease);
      return pause.isZero();
    } finally {
      records.leave(lease, pause.isNegative() ? Duration.ZERO : pause);
    }
  }

  /** How long the webhook is to be left alone; less than nothing when there is nothing to do. */
  private Duration deliver(Lease lease) throws SQLException, InterruptedException {
    Optional<Stretches.Due> found = stretches.next(lease);
    if (found.isEmpty()) {
      return NOTHING;
    }
    Stretches.Due due = found.get();
    if (due.entries().isEmpty()) { // who was to be told of is hidden since
      records.attempted(lease, due.delivery(), Delivery.State.DELIVERED, "nothing-left", null);
      return Duration.ZERO;
    }
    Envelope envelope;
    try {
      envelope = envelopes.make(lease, due);
    } catch (SecretSeal.Unreadable unreadable) {
      records.stop(lease, "secret-unreadable");
      return NOTHING;
    }
    Answer answer = post.send(due.webhook().url(), envelope);
    return switch (answer) {
      case Answer.Status status -> answered(lease, due.delivery(), status);
      case Answer.Failure none -> failed(lease, due.delivery(), none, null);
    };
  }

  private Duration answered(Lease lease, Delivery delivery, Answer.Status answer)
      throws SQLException {
    String outcome = answer.outcome();
    if (answer.isDelivered()) {
      records.attempted(lease, delivery, Delivery.State.DELIVERED, outcome, answer.code());
      return Duration.ZERO;
    }
    if (answer.isGone()) {
      records.attempted(lease, delivery, Delivery.State.PENDING, outcome, answer.code());
      records.stop(lease, outcome);
      return NOTHING;
    }
    return failed(lease, delivery, answer, answer.code());
  }

  private Duration failed(Lease lease, Delivery delivery, Answer answer, @Nullable Integer code)
      throws SQLException {
    int attempts = delivery.attempts() + 1;
    boolean last = attempts >= config.attempts();
    Delivery.State state = last ? Delivery.State.DEAD : Delivery.State.PENDING;
    records.attempted(lease, delivery, state, answer.outcome(), code);
    return last ? Duration.ZERO : pauses.after(attempts, answer.retryAfter());
  }
}
