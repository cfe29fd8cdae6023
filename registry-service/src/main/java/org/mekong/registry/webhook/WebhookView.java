package org.mekong.registry.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook, as it is shown.
 *
 * @param reason why it is stopped
 * @param position of the last entry that a delivery covers
 * @param formerSecretUntil until when messages are signed with the secret before, too
 * @param secret only in the answer that made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookView(
    UUID id,
    String url,
    List<String> types,
    List<String> provinces,
    String state,
    @Nullable String reason,
    long position,
    @Nullable Instant formerSecretUntil,
    Instant createdAt,
    Instant changedAt,
    int version,
    @Nullable String secret) {

  public WebhookView {
    types = List.copyOf(types);
    provinces = List.copyOf(provinces);
  }

  static WebhookView of(Webhook webhook) {
    return new WebhookView(
        webhook.id(),
        webhook.url(),
        webhook.filter().types().stream().sorted().toList(),
        webhook.filter().provinces().stream().sorted().toList(),
        Webhooks.word(webhook.state()),
        webhook.reason(),
        webhook.position(),
        webhook.formerUntil(),
        webhook.createdAt(),
        webhook.changedAt(),
        webhook.version(),
        null);
  }

  /** The ETag. */
  String tag() {
    return "\"" + id + "." + version + "\"";
  }

  /** With the secret, which is shown once. */
  WebhookView with(String shown) {
    return new WebhookView(
        id,
        url,
        types,
        provinces,
        state,
        reason,
        position,
        formerSecretUntil,
        createdAt,
        changedAt,
        version,
        shown);
  }
}
