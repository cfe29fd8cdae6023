package org.mekong.registry.webhook.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mekong.registry.feed.ChangeView;
import org.mekong.registry.feed.FeedCursors;
import org.mekong.registry.feed.FeedEntry;
import org.mekong.registry.webhook.secret.SecretSeal;

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

  /** A message as it is sent. */
  record Envelope(Map<String, String> headers, byte[] body) {}

  /** Makes the message of a delivery, signed now with each of the lease's secrets. */
  Envelope make(Lease lease, Stretches.Due due) throws SecretSeal.Unreadable {
    byte[] body = body(due);
    String id = due.delivery().id().toString();
    long seconds = clock.instant().getEpochSecond();
    List<String> signatures = new ArrayList<>();
    for (byte[] sealed : lease.secrets()) {
      signatures.add(seal.open(lease.webhookId(), sealed).sign(id, seconds, body));
    }
    return new Envelope(
        Map.of(
            "content-type",
            "application/json",
            "user-agent",
            "Mekong-Register",
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(seconds),
            "webhook-signature",
            String.join(" ", signatures)),
        body);
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
