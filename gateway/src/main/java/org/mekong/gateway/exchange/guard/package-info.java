/**
 * What stands between this gateway and a peer that is slow, gone or beside itself: for each peer a
 * limit of what is under way at once and a circuit breaker, a limit of what is answered to it at
 * once, and what is known of its weather.
 */
@NullMarked
package org.mekong.gateway.exchange.guard;

import org.jspecify.annotations.NullMarked;
