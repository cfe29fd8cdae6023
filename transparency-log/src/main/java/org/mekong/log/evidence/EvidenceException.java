package org.mekong.log.evidence;

import java.io.Serial;

/**
 * Evidence does not hold. The message starts with the part that is wrong, such as {@code signed
 * answer}, and repeats nothing of what the evidence says about a person.
 */
public final class EvidenceException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String part;

  /** Of a part, and what is wrong with it. */
  public EvidenceException(String part, String message) {
    super(part + ": " + message);
    this.part = part;
  }

  EvidenceException(String part, Exception cause) {
    super(part + ": " + cause.getMessage(), cause);
    this.part = part;
  }

  /** Which part of the bundle is wrong. */
  public String part() {
    return part;
  }
}
