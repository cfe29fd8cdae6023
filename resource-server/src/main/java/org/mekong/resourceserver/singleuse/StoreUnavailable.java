package org.mekong.resourceserver.singleuse;

/** The single-use store does not answer, so nothing can be accepted now: answer 503. */
public final class StoreUnavailable extends IllegalStateException {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(Throwable cause) {
    super("the single-use store does not answer", cause);
  }
}
