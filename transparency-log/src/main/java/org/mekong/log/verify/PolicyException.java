package org.mekong.log.verify;

import java.io.Serial;

/** A policy file is malformed; the message names the line and what is wrong with it. */
public final class PolicyException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  PolicyException(int line, String message) {
    super("line " + line + ": " + message);
  }

  PolicyException(String message) {
    super(message);
  }
}
