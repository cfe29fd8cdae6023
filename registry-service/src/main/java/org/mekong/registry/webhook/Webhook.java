package org.mekong.registry.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedFilter;
import org.mekong.registry.problem.Problem;

/**
 * A webhook.
 *
 * @param reason why it is stopped, or nothing
 * @param position of the last entry that a delivery covers, or that fits no filter
 * @param formerUntil until when messages are signed with the secret before, too
 */
public record Webhook(
    UUID id,
    String url,
    FeedFilter filter,
    State state,
    @Nullable String reason,
    long position,
    @Nullable Instant formerUntil,
    Instant createdAt,
    Instant changedAt,
    int version) {

  /** What a webhook does. */
  public enum State {
    ACTIVE,
    /** The administrator holds it back; it goes on where it stood. */
    PAUSED,
    /** It cannot go on by itself; the reason tells why. */
    STOPPED,
    /** It is over. */
    ENDED
  }

  /**
   * This, if it is what a request says that it changes.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 428 or 412 when it is not
   */
  Webhook matching(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw Problem.PRECONDITION_REQUIRED.because("The If-Match header is missing.");
    }
    if (!ifMatch.strip().equals(WebhookView.of(this).tag())) {
      throw Problem.PRECONDITION_FAILED.because(
          "If-Match is not the ETag of this webhook as it is now.", "webhook/stale");
    }
    return this;
  }

  /** The same at another position. */
  public Webhook at(long other) {
    return new Webhook(
        id, url, filter, state, reason, other, formerUntil, createdAt, changedAt, version);
  }

  /** The same in another state. */
  public Webhook in(State other, @Nullable String why, Instant now) {
    return new Webhook(id, url, filter, other, why, position, formerUntil, createdAt, now, version);
  }

  /** The same with another secret, beside which the one before holds for a while. */
  Webhook renewed(Instant until, Instant now) {
    return new Webhook(
        id, url, filter, state, reason, position, until, createdAt, now, version + 1);
  }

  /** The same with another URL and filter. */
  Webhook to(String otherUrl, FeedFilter otherFilter, Instant now) {
    return new Webhook(
        id, otherUrl, otherFilter, state, reason, position, formerUntil, createdAt, now, version);
  }
}
