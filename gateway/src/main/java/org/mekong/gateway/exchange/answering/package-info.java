/**
 * The answering side of the exchange: a peer's request is verified, admitted once, logged, decided
 * by our own copy of the agreement, asked of our register, and answered signed and logged.
 */
@NullMarked
package org.mekong.gateway.exchange.answering;

import org.jspecify.annotations.NullMarked;
