package org.mekong.gateway.exchange.past;

import java.io.Serial;

/** An answer is not taken for what its receipt says of the peer's log. */
public abstract sealed class PastRefused extends Exception permits Forked, Unproven {

  @Serial private static final long serialVersionUID = 1L;

  PastRefused(String message) {
    super(message);
  }

  /** The last part of the rule that refuses: {@code fork} or {@code unproven}. */
  public abstract String check();
}
