package org.mekong.webhooks.post;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mekong.webhooks.secret.WebhookSecret;

/**
 * A message as it is sent.
 *
 * @param headers content type, sender, and those by which Standard Webhooks 1.0.0 signs
 * @param body JSON
 */
public record Envelope(Map<String, String> headers, byte[] body) {

  public Envelope {
    headers = Map.copyOf(headers);
  }

  /**
   * Signs a message.
   *
   * @param sender the {@code user-agent}
   * @param id the same at each attempt
   * @param now when it is sent
   * @param secrets each makes a signature
   */
  public static Envelope signed(
      String sender, UUID id, Instant now, byte[] body, List<WebhookSecret> secrets) {
    long seconds = now.getEpochSecond();
    String signatures =
        secrets.stream()
            .map(secret -> secret.sign(id.toString(), seconds, body))
            .collect(Collectors.joining(" "));
    return new Envelope(
        Map.of(
            "content-type",
            "application/json",
            "user-agent",
            sender,
            "webhook-id",
            id.toString(),
            "webhook-timestamp",
            Long.toString(seconds),
            "webhook-signature",
            signatures),
        body);
  }
}
