package org.mekong.gateway.exchange.past;

import java.io.Serial;

/**
 * A peer's log could not be held to one past: its tree lacks what it signed, or is not to be read.
 */
public final class Unproven extends PastRefused {

  @Serial private static final long serialVersionUID = 1L;

  Unproven(String origin) {
    super("the published tree of " + origin + " does not show what the log has signed");
  }

  @Override
  public String check() {
    return "unproven";
  }
}
