package org.mekong.log.year;

import java.io.Serial;

/** Entries are not to be pruned yet. */
public final class RetainedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final long limit;

  RetainedException(String message, long limit) {
    super(message);
    this.limit = limit;
  }

  /** Below which index entries may be pruned now. */
  public long limit() {
    return limit;
  }
}
