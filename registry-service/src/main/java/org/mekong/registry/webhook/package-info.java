/**
 * Webhooks: systems to which the change feed is sent, as the administrator sets them up. Messages
 * follow Standard Webhooks 1.0.0.
 */
@NullMarked
package org.mekong.registry.webhook;

import org.jspecify.annotations.NullMarked;
