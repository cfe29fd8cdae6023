package org.mekong.portal;

/** Nobody was signed in. */
final class SignInFailed extends Exception {
  private static final long serialVersionUID = 1;

  /** Why, as the page tells it. */
  enum Reason {
    /** The person said no, or turned back. */
    DENIED,
    /** What came back does not belong to what was sent from this browser, or not any more. */
    STRAY,
    /** What came back does not prove what it says. */
    UNPROVED,
    /** The identity-service does not answer, or refuses. */
    UNAVAILABLE
  }

  private final Reason reason;

  SignInFailed(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  SignInFailed(Reason reason, Throwable cause) {
    super(reason.name(), cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
