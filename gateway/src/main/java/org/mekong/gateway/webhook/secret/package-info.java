/** Secrets of webhooks: how they are made, kept sealed, and sign. */
@NullMarked
package org.mekong.gateway.webhook.secret;

import org.jspecify.annotations.NullMarked;
