package org.mekong.gateway.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.message.Refusal;

/**
 * What would become of a question.
 *
 * @param allowed whether it would be sent
 * @param rule that decides
 * @param detail why it would be refused
 * @param action what the agency can do about it
 * @param terms under which it would be sent
 * @param shadow what the version that is tried beside the one in force would decide
 */
@JsonInclude(Include.NON_NULL)
public record Explanation(
    boolean allowed,
    String rule,
    @Nullable String detail,
    @Nullable String action,
    @Nullable Terms terms,
    @Nullable Shadow shadow) {

  /** A decision without effect. */
  @JsonInclude(Include.NON_NULL)
  public record Shadow(boolean allowed, String rule, @Nullable String detail) {

    static Shadow of(Decision decision) {
      return switch (decision) {
        case Decision.Allowed allowed -> new Shadow(true, allowed.rule(), null);
        case Decision.Refused refused -> new Shadow(false, refused.rule(), refused.detail());
      };
    }
  }

  /** The terms in force for the question. */
  public record Terms(
      AgreementReference agreement,
      Map<String, String> legalBasis,
      List<String> fields,
      Duration visibilityDelay,
      Period retention,
      int dailyQuota,
      int ratePerSecond) {}

  static Explanation of(Refusal refusal) {
    return new Explanation(false, refusal.rule(), refusal.detail(), refusal.action(), null, null);
  }

  static Explanation of(Decision.Allowed allowed) {
    return new Explanation(
        true,
        allowed.rule(),
        null,
        null,
        new Terms(
            allowed.agreement(),
            allowed.legalBasis(),
            allowed.fields().stream().sorted().toList(),
            allowed.visibilityDelay(),
            allowed.retention(),
            allowed.dailyQuota(),
            allowed.ratePerSecond()),
        null);
  }

  /** The same, with what a version in shadow would decide. */
  Explanation beside(Optional<Decision> decision) {
    return new Explanation(
        allowed, rule, detail, action, terms, decision.map(Shadow::of).orElse(null));
  }
}
