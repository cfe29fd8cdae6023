package org.mekong.log.verify;

import java.io.Serial;

/**
 * A proof is malformed or does not prove what it claims; the message says the first thing wrong.
 */
public final class ProofException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public ProofException(String message) {
    super(message);
  }

  public ProofException(String message, Throwable cause) {
    super(message, cause);
  }
}
