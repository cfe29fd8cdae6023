package org.mekong.registry.permission.judgement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a question was judged.
 *
 * @param checks of the question as a whole, in the order in which they refuse
 * @param fields of each field; a field is given when the question is granted and all of its are
 * @param legalBasis the basis under which it is asked, if one is named
 * @param delay how long the person does not see the disclosure
 */
public record Judgement(
    List<Check> checks,
    Map<String, List<Check>> fields,
    @Nullable String legalBasis,
    Duration delay) {

  /** Whether the question as a whole may be asked, whatever of its fields. */
  public boolean isOpen() {
    return all(checks);
  }

  /** Whether a field is given. */
  public boolean gives(String field) {
    return isOpen() && all(fields.getOrDefault(field, List.of()));
  }

  /**
   * Refuses what may not be asked.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem by the first rule that refuses
   */
  public void refuse() {
    refuse(checks);
    fields.values().forEach(Judgement::refuse);
  }

  private static boolean all(List<Check> checks) {
    return checks.stream().allMatch(Check::granted);
  }

  private static void refuse(List<Check> checks) {
    for (Check check : checks) {
      if (!check.granted()) {
        throw check.problem();
      }
    }
  }
}
