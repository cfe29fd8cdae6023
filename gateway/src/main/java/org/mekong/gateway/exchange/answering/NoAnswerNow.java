package org.mekong.gateway.exchange.answering;

import java.io.Serial;

/** There is no answer now; the same request may be sent again. */
final class NoAnswerNow extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  NoAnswerNow(String message) {
    super(message);
  }

  NoAnswerNow(String message, Throwable cause) {
    super(message, cause);
  }
}
