package org.mekong.registry.webhook.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mekong.registry.feed.ChangeView;

/**
 * The body of a message.
 *
 * @param type always {@code register.changes}
 * @param timestamp when the register learnt of the last of the changes
 */
@Schema(name = "WebhookMessage")
record Message(String type, Instant timestamp, Data data) {

  static final String TYPE = "register.changes";

  /**
   * What happened.
   *
   * @param webhook key of the webhook
   * @param cursor of {@code GET /v1/changes} with the filters of the webhook, behind these changes
   */
  @Schema(name = "WebhookMessageData")
  record Data(UUID webhook, List<ChangeView> changes, String cursor) {
    Data {
      changes = List.copyOf(changes);
    }
  }
}
