package org.mekong.gateway.exchange;

import java.io.Serial;

/** A peer's answer that cannot be accepted; nothing of it may be passed on. */
public final class AnswerRefused extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String rule;

  AnswerRefused(String check, String message) {
    super(message);
    this.rule = "exchange/answer/" + check;
  }

  /** The rule that refused it, such as {@code exchange/answer/signature}. */
  public String rule() {
    return rule;
  }
}
