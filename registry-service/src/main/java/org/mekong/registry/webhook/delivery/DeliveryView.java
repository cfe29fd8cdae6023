package org.mekong.registry.webhook.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery, as it is shown.
 *
 * @param id the message's {@code webhook-id}
 * @param first position in the feed where it begins
 * @param last position where it ends
 * @param outcome of the last attempt, in one word
 * @param status what the receiver answered to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryView(
    UUID id,
    long first,
    long last,
    int entries,
    String state,
    int attempts,
    @Nullable String outcome,
    @Nullable Integer status,
    Instant createdAt,
    @Nullable Instant attemptedAt) {

  static DeliveryView of(Delivery delivery) {
    return new DeliveryView(
        delivery.id(),
        delivery.after() + 1,
        delivery.last(),
        delivery.entries(),
        Deliveries.word(delivery.state()),
        delivery.attempts(),
        delivery.outcome(),
        delivery.status(),
        delivery.createdAt(),
        delivery.attemptedAt());
  }
}
