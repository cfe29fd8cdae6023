/**
 * Webhooks of agencies: where their systems hear which of their operations have become final.
 * Messages follow Standard Webhooks 1.0.0 and tell nothing of what was asked or answered.
 */
@NullMarked
package org.mekong.gateway.webhook;

import org.jspecify.annotations.NullMarked;
