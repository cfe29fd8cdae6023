package org.mekong.gateway.webhook.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What is to be delivered again: exactly one of these.
 *
 * @param delivery key of a dead letter
 * @param dead true for all dead letters of the webhook
 */
public record Replay(@Nullable String delivery, @Nullable Boolean dead) {}
