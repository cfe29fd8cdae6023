/** Sends a message to a host that somebody named, and trusts it with nothing. */
@NullMarked
package org.mekong.registry.webhook.post;

import org.jspecify.annotations.NullMarked;
