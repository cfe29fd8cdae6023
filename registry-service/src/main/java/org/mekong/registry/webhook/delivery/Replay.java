package org.mekong.registry.webhook.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What is to be delivered again: exactly one of these.
 *
 * @param after everything behind this cursor of the feed, with the webhook's filters or with none
 * @param delivery key of a dead letter
 * @param dead true for all dead letters of the webhook
 */
public record Replay(@Nullable String after, @Nullable String delivery, @Nullable Boolean dead) {}
