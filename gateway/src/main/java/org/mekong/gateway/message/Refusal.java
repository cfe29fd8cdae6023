package org.mekong.gateway.message;

/**
 * Why a request was refused.
 *
 * @param rule id of the rule, such as {@code vn-la/1/marriage/fields} or {@code exchange/clock}
 * @param status HTTP status of the refusal, 400 to 499
 * @param detail why, in one sentence without personal data
 * @param action who must act, and what they can do
 */
public record Refusal(String rule, int status, String detail, String action) {

  private static final int LONGEST = 1_000;

  public Refusal {
    if (rule == null || rule.isBlank() || rule.length() > 200 || status < 400 || status > 499) {
      throw new IllegalArgumentException("refusal: rule or status is missing or not as agreed");
    }
    if (detail == null
        || action == null
        || detail.length() > LONGEST
        || action.length() > LONGEST) {
      throw new IllegalArgumentException("refusal: detail or action is missing or too long");
    }
  }
}
