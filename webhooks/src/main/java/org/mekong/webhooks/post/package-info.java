/** Sends a message to a host that somebody named, and trusts it with nothing. */
@NullMarked
package org.mekong.webhooks.post;

import org.jspecify.annotations.NullMarked;
