package org.mekong.gateway.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook, as its client sees it.
 *
 * @param url https
 * @param state {@code active}, or {@code stopped} when the receiver wants nothing any more
 * @param reason why it is stopped
 * @param formerSecretUntil until when messages are signed with the secret before, too
 * @param waiting messages that are not yet delivered
 * @param given messages that were given up after the last attempt
 * @param secret only in the answer that made it
 */
@JsonInclude(Include.NON_NULL)
public record Webhook(
    UUID id,
    String url,
    String state,
    @Nullable String reason,
    @Nullable Instant formerSecretUntil,
    Instant createdAt,
    long waiting,
    long given,
    @Nullable String secret) {

  static final String ACTIVE = "active";
  static final String STOPPED = "stopped";

  /** With the secret, which is shown once. */
  Webhook with(String shown) {
    return new Webhook(id, url, state, reason, formerSecretUntil, createdAt, waiting, given, shown);
  }

  /** Names the webhook alone: it may hold the secret. */
  @Override
  public String toString() {
    return "Webhook[" + id + "]";
  }
}
