package org.mekong.registry.webhook.delivery;

import java.util.UUID;

/**
 * What a replay began.
 *
 * @param position of the last entry that a delivery covers now
 * @param revived how many dead letters wait again
 */
record ReplayView(UUID webhook, long position, int revived) {}
