package org.mekong.gateway.exchange.answering;

import java.io.Serial;

/** There is no answer now; the same request may be sent again. */
final class NoAnswerNow extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean flood;

  NoAnswerNow(String message) {
    this(message, false);
  }

  private NoAnswerNow(String message, boolean flood) {
    super(message);
    this.flood = flood;
  }

  NoAnswerNow(String message, Throwable cause) {
    super(message, cause);
    this.flood = false;
  }

  /** Of so many that not each is worth a line. */
  static NoAnswerNow flood(String message) {
    return new NoAnswerNow(message, true);
  }

  boolean isFlood() {
    return flood;
  }
}
