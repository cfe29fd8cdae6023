package org.mekong.gateway.message;

import java.io.Serial;

/** A message of a peer that cannot be accepted; the text holds nothing of the message. */
public final class MessageRefused extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** It is not a JWS of this kind, or its payload is not as agreed. */
    MALFORMED,
    /** It is not signed by a key that is pinned for this peer. */
    SIGNATURE
  }

  private final Fault fault;

  MessageRefused(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }
}
