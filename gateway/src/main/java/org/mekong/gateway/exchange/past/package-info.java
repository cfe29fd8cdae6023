/**
 * Whether a peer's log tells one past: every checkpoint by which it gives receipts has to be one of
 * the tree that it publishes, together with the one that this gateway has cosigned. A log that
 * tells two is found here, kept with both signed checkpoints, and its peer suspended.
 */
@NullMarked
package org.mekong.gateway.exchange.past;

import org.jspecify.annotations.NullMarked;
