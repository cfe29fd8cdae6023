package org.mekong.gateway.exchange.answering;

import java.io.Serial;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** There is no answer now; the same request may be sent again. */
final class NoAnswerNow extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private static final String FLOOD = "exchange/flood";

  private final String rule;
  private final long postponed;

  NoAnswerNow(String rule, String message) {
    this(rule, message, null);
  }

  NoAnswerNow(String rule, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.rule = rule;
    this.postponed = 0;
  }

  private NoAnswerNow(String rule, String message, long seconds) {
    super(message);
    this.rule = rule;
    this.postponed = seconds;
  }

  /** Of so many that not each is worth a line. */
  static NoAnswerNow flood(String message) {
    return new NoAnswerNow(FLOOD, message);
  }

  /** A rule refused for now; nothing is broken. */
  static NoAnswerNow postponed(String rule, String message, long seconds) {
    return new NoAnswerNow(rule, message, Math.max(1, seconds));
  }

  /** Why, for the log and the peer. */
  String rule() {
    return rule;
  }

  /** Seconds until the same request is worth sending again, where nothing is broken. */
  OptionalLong postponed() {
    return postponed == 0 ? OptionalLong.empty() : OptionalLong.of(postponed);
  }

  boolean isFlood() {
    return rule.equals(FLOOD);
  }
}
