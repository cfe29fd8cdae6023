package org.mekong.gateway.transport;

import java.io.Serial;

/** A call that brought no answer. */
public final class TransportException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public enum Fault {
    /** Nothing, or not all, came within the deadline. */
    TIMED_OUT,
    /** No connection, or it broke. */
    UNREACHABLE,
    /** The other side's certificate is not the pinned one, or it did not take ours. */
    UNTRUSTED,
    /** The answer is over the limit. */
    TOO_LARGE
  }

  private final Fault fault;

  public TransportException(Fault fault, Throwable cause) {
    super(fault + ": " + cause, cause);
    this.fault = fault;
  }

  /** Why there is no answer. */
  public Fault fault() {
    return fault;
  }
}
