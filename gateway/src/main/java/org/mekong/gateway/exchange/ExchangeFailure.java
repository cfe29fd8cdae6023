package org.mekong.gateway.exchange;

import java.io.Serial;

/** An exchange that brought nothing which may be passed on. */
public final class ExchangeFailure extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** The peer did not answer in time. */
    SILENT,
    /** The peer did not answer within a deadline that says nothing of the peer. */
    HURRIED,
    /** The peer cannot be reached. */
    UNREACHABLE,
    /** The certificates do not fit. */
    UNTRUSTED,
    /** The peer says that it cannot answer now. */
    UNAVAILABLE,
    /** The peer's answer is not to be believed. */
    INVALID,
    /** The peer takes the same request later; it did nothing with it. */
    POSTPONED,
    /** Too much is under way to the peer; nothing was sent. */
    BUSY,
    /** The peer failed too often and is left alone for a while; nothing was sent. */
    PAUSED
  }

  private final Kind kind;
  private final String rule;

  public ExchangeFailure(Kind kind, String rule, Throwable cause) {
    super(cause);
    this.kind = kind;
    this.rule = rule;
  }

  ExchangeFailure(Kind kind, String rule, String message) {
    super(message);
    this.kind = kind;
    this.rule = rule;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  /** The rule for the log, such as {@code exchange/answer/signature}. */
  public String rule() {
    return rule;
  }
}
