/**
 * Who brings deliveries to webhooks: at least once, in order, and to each webhook by itself,
 * however many replicas share the work.
 */
@NullMarked
package org.mekong.registry.webhook.dispatch;

import org.jspecify.annotations.NullMarked;
