package org.mekong.resourceserver.request;

/**
 * A request to a protected resource was refused by one rule. The message is the rule's advice and
 * holds nothing that the caller sent, so it may be logged and answered.
 */
public final class AccessRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final AccessRule rule;

  public AccessRefused(AccessRule rule) {
    super(rule.advice());
    this.rule = rule;
  }

  /** With the cause, for a debugger; the cause's message may repeat what the caller sent. */
  public AccessRefused(AccessRule rule, Throwable cause) {
    super(rule.advice(), cause);
    this.rule = rule;
  }

  /** The rule that refused: its status, error and challenge make the answer. */
  public AccessRule rule() {
    return rule;
  }
}
