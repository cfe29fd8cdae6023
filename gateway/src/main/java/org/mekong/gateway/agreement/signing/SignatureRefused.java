package org.mekong.gateway.agreement.signing;

import java.io.Serial;

/** What was given as a signature of a document is none; the message says why. */
public final class SignatureRefused extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  SignatureRefused(String message) {
    super(message);
  }
}
