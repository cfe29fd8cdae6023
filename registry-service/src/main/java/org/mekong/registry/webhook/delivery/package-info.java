/**
 * Deliveries: stretches of the change feed for a webhook, what became of them, and their replay.
 */
@NullMarked
package org.mekong.registry.webhook.delivery;

import org.jspecify.annotations.NullMarked;
