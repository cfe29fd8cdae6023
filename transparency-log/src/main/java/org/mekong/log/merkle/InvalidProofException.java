package org.mekong.log.merkle;

import java.io.Serial;

/** A Merkle proof does not prove what it claims; the message says why. */
public final class InvalidProofException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public InvalidProofException(String message) {
    super(message);
  }
}
