package org.mekong.gateway.quota;

import org.mekong.gateway.message.Refusal;

/**
 * One of the quotas that bound a lookup.
 *
 * @param name in the headers
 * @param rule that refuses when it is exhausted
 * @param limit most in its window
 */
record Bound(String name, String rule, int limit, Budget budget) {

  /** How the rules of daily quotas end. */
  static final String DAILY = "/daily-quota";

  private static final int TOO_MANY_REQUESTS = 429;

  /** Length of the window. */
  long seconds() {
    return budget.standing().window().toSeconds();
  }

  Taking.Exhausted exhausted(boolean toLog) {
    Budget.Standing standing = budget.standing();
    boolean daily = rule.endsWith(DAILY);
    String allowed = "Allowed are " + limit + " lookups in ";
    Refusal refusal =
        daily
            ? new Refusal(
                rule,
                TOO_MANY_REQUESTS,
                allowed + "a day, UTC, and today's are used up.",
                "Ask again after midnight UTC, or have the quota raised.")
            : new Refusal(
                rule,
                TOO_MANY_REQUESTS,
                allowed + standing.window().toSeconds() + " s, and these are used up.",
                "Ask again after the time in Retry-After, and more slowly.");
    return new Taking.Exhausted(refusal, Math.max(1, daily ? standing.reset() : 1), toLog);
  }
}
