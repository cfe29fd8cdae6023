package org.mekong.registry.webhook.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedFilter;

/**
 * A stretch of the feed that is, or was, to be delivered. Its id is the message's {@code
 * webhook-id}, the same in every attempt.
 *
 * @param after it covers the entries behind this position
 * @param last up to this one
 * @param filter of the webhook when it was made: a message keeps its content
 * @param entries how many of them fitted when it was made
 * @param outcome of the last attempt
 * @param status what the receiver answered to the last attempt
 */
public record Delivery(
    UUID id,
    UUID webhookId,
    long after,
    long last,
    FeedFilter filter,
    int entries,
    State state,
    int attempts,
    @Nullable String outcome,
    @Nullable Integer status,
    Instant createdAt,
    @Nullable Instant attemptedAt) {

  /** The same after an attempt. */
  public Delivery attempted(State now, String how, @Nullable Integer answered, Instant at) {
    return new Delivery(
        id,
        webhookId,
        after,
        last,
        filter,
        entries,
        now,
        attempts + 1,
        how,
        answered,
        createdAt,
        at);
  }

  /** What became of a delivery. */
  public enum State {
    PENDING,
    DELIVERED,
    /** No attempt succeeded; it can be replayed. */
    DEAD,
    /** The webhook was put back to a place before it, or ended. */
    REPLACED
  }
}
