package org.mekong.registry.webhook.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.mekong.registry.feed.ChangeView;
import org.mekong.registry.feed.FeedCursors;
import org.mekong.registry.feed.FeedEntry;
import org.mekong.webhooks.post.Envelope;
import org.mekong.webhooks.secret.SecretSeal;

/** Makes messages and signs them, by Standard Webhooks 1.0.0. Thread-safe. */
@Singleton
final class Envelopes {

  private final FeedCursors cursors;
  private final SecretSeal seal;
  private final ObjectMapper json;
  private final Clock clock;

  Envelopes(FeedCursors cursors, SecretSeal seal, ObjectMapper json, Clock clock) {
    this.cursors = cursors;
    this.seal = seal;
    this.json = json;
    this.clock = clock;
  }

  /** Makes the message of a delivery, signed now with each of the lease's secrets. */
  Envelope make(Lease lease, Stretches.Due due) throws SecretSeal.Unreadable {
    return Envelope.signed(
        "Mekong-Register",
        due.delivery().id(),
        clock.instant(),
        body(due),
        seal.openAll(lease.webhookId(), lease.secrets()));
  }

  private byte[] body(Stretches.Due due) {
    FeedEntry last = due.entries().getLast();
    Message message =
        new Message(
            Message.TYPE,
            last.recordedAt(),
            new Message.Data(
                due.webhook().id(),
                due.entries().stream().map(ChangeView::of).toList(),
                cursors.seal(last.place(), due.delivery().filter())));
    try {
      return json.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
