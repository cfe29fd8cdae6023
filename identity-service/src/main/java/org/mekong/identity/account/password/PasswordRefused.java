package org.mekong.identity.account.password;

/** A password that is not taken. The message tells the rule, and nothing of the password. */
public final class PasswordRefused extends Exception {
  private static final long serialVersionUID = 1;
  private final Rule rule;

  /** Why a password is not taken. */
  public enum Rule {
    LENGTH("a password has 10 to 128 characters"),
    CHARACTERS("a password has no control characters"),
    TOO_EVEN("a password is no run or repetition of a few characters"),
    COMMON("a password is none of those that very many people use, nor one with figures added"),
    OWN("a password does not hold the name, user name or number of its owner");

    private final String says;

    Rule(String says) {
      this.says = says;
    }
  }

  PasswordRefused(Rule rule) {
    super(rule.says);
    this.rule = rule;
  }

  /** The rule that refused it. */
  public Rule rule() {
    return rule;
  }
}
