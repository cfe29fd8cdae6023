/** What was sent to webhooks, what became of it, and how it is sent again. */
@NullMarked
package org.mekong.gateway.webhook.delivery;

import org.jspecify.annotations.NullMarked;
