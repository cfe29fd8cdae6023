package org.mekong.gateway.exchange.guard;

import java.io.Serial;

/**
 * A peer has its share of this gateway already; nothing was done, and it may ask the same again.
 */
public final class Crowded extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** The rule that turns questions away. */
  public static final String RULE = "exchange/bulkhead";

  Crowded(Throwable cause) {
    super("as many questions of this peer are being answered as may be at once", cause);
  }
}
