package org.mekong.registry.permission.judgement;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * One thing that was looked at.
 *
 * @param rule the rule that decided: of the token as in {@code grant/marriage/verify/alive}, of the
 *     register as in {@code permission/police}
 * @param field the field it is about; empty for the whole question
 */
public record Check(Concern concern, boolean granted, String rule, String field) {

  /** Why it is refused, in words. */
  public String detail() {
    return concern.detail(field);
  }

  HttpProblem problem() {
    return concern.problem().because(detail(), rule);
  }
}
