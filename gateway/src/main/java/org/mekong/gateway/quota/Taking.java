package org.mekong.gateway.quota;

import org.mekong.gateway.message.Refusal;

/** What came of taking one lookup from the quotas. */
public sealed interface Taking {

  /** One was taken from each. */
  record Given() implements Taking {}

  /**
   * None was taken.
   *
   * @param refusal with status 429; its rule names the quota
   * @param retryAfter seconds, at least 1
   * @param toLog whether this one is to be logged: under a flood only some are, and all are counted
   */
  record Exhausted(Refusal refusal, long retryAfter, boolean toLog) implements Taking {}
}
