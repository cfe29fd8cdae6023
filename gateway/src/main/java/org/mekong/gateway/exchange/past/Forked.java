package org.mekong.gateway.exchange.past;

import java.io.Serial;

/** A peer's log has signed checkpoints that are not of one past. */
public final class Forked extends PastRefused {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Seen known;
  private final transient Seen seen;

  Forked(Seen known, Seen seen) {
    super(
        "%s has signed %d entries that are not of one past with the %d known before"
            .formatted(seen.origin(), seen.size(), known.size()));
    this.known = known;
    this.seen = seen;
  }

  @Override
  public String check() {
    return "fork";
  }

  Seen known() {
    return known;
  }

  Seen seen() {
    return seen;
  }
}
