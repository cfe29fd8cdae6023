package org.mekong.registry.permission.judgement;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * One thing that was looked at. Every read makes some of these, so the rule's name is put together
 * only when somebody asks for it.
 *
 * @param base the rule that decided, or the beginning of its name
 * @param part the end of its name, if it has one
 * @param field the field it is about; empty for the whole question
 */
public record Check(Concern concern, boolean granted, String base, String part, String field) {

  static Check of(Concern concern, boolean granted, String base, String part) {
    return new Check(concern, granted, base, part, "");
  }

  /**
   * The rule that decided: of the token as in {@code grant/marriage/verify/alive}, of the register
   * as in {@code permission/police}.
   */
  public String rule() {
    return part.isEmpty() ? base : base + '/' + part;
  }

  /** Why it is refused, in words. */
  public String detail() {
    return concern.detail(field);
  }

  HttpProblem problem() {
    return concern.problem().because(detail(), rule());
  }
}
