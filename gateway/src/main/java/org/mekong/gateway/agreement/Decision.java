package org.mekong.gateway.agreement;

import java.time.Duration;
import java.time.Period;
import java.util.Map;
import java.util.Set;

/** What an agreement says to a question. */
public sealed interface Decision {

  /** The id of the rule that decided, such as {@code vn-la/1/marriage/fields}. */
  String rule();

  /**
   * The question may be asked, under these terms.
   *
   * @param rule the rule that allows it: agreement, version and purpose
   * @param agreement what it is allowed by
   * @param legalBasis by nation code, for the two nations of the question
   * @param fields what may be answered: exactly what was asked
   * @param visibilityDelay how long the disclosure stays invisible to the person
   * @param retention how long the asking agency may keep the answer
   * @param dailyQuota lookups of one agency in one day
   * @param ratePerSecond lookups of one nation in one second
   */
  record Allowed(
      String rule,
      AgreementReference agreement,
      Map<String, String> legalBasis,
      Set<String> fields,
      Duration visibilityDelay,
      Period retention,
      int dailyQuota,
      int ratePerSecond)
      implements Decision {}

  /**
   * The question may not be asked.
   *
   * @param rule the rule that refused
   * @param detail why, in one sentence without personal data
   * @param action what the asking agency can do
   */
  record Refused(String rule, String detail, String action) implements Decision {}
}
