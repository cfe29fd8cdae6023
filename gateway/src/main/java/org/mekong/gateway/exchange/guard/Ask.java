package org.mekong.gateway.exchange.guard;

import org.mekong.gateway.exchange.ExchangeFailure;

/**
 * One question to a peer.
 *
 * @param <T> its answer
 */
@FunctionalInterface
public interface Ask<T> {

  /** Asks. */
  T now() throws ExchangeFailure;
}
