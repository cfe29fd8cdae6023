package org.mekong.gateway.webhook.delivery;

import java.util.UUID;

/**
 * What a replay began.
 *
 * @param revived how many dead letters wait again
 */
public record ReplayView(UUID webhook, int revived) {}
