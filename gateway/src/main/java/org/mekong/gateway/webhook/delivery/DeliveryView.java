package org.mekong.gateway.webhook.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to a webhook, as its client sees it.
 *
 * @param id the message's {@code webhook-id}
 * @param operation that it tells of
 * @param operationState what it tells of it
 * @param state {@code pending}, {@code delivered}, or {@code dead} when no attempt succeeded
 * @param attempts with the one that is being made
 * @param outcome of the last attempt, in one word
 * @param status what the receiver answered to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
    UUID id,
    UUID operation,
    String operationState,
    String state,
    int attempts,
    @Nullable String outcome,
    @Nullable Integer status,
    Instant createdAt,
    @Nullable Instant attemptedAt) {}
