package org.mekong.registry.bulk.row;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.Optional;
import org.mekong.registry.problem.Violation;

/** What the API would answer a row, as faults of that row. */
public final class Faults {

  static final Violation NOT_AN_OBJECT = new Violation("", "json", "is not one JSON object");

  private Faults() {}

  /** The broken rules of a problem; the problem itself where it names none. */
  public static List<Violation> of(HttpProblem problem) {
    if (problem.getParameters().get("violations") instanceof List<?> list && !list.isEmpty()) {
      return list.stream().filter(Violation.class::isInstance).map(Violation.class::cast).toList();
    }
    Object rule = problem.getParameters().get("rule");
    String type = problem.getType() == null ? "" : problem.getType().toString();
    String name = type.substring(type.lastIndexOf(':') + 1);
    return List.of(
        new Violation(
            "",
            rule instanceof String text ? text : name,
            Optional.ofNullable(problem.getDetail()).orElse("is refused")));
  }
}
