package org.mekong.registry.vitalevent.office;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.function.Supplier;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.request.RegisterEvent;

/**
 * Where the request of an event holds the members of a first registration: under {@code person},
 * while {@code POST /v1/persons} holds them at its top. A refusal names them as they were sent.
 */
final class NestedMembers {

  private static final String FIRST_REGISTRATION = "first_registration";

  private NestedMembers() {}

  static <T> T named(RegisterEvent body, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (HttpProblem refused) {
      throw body.type().equals(FIRST_REGISTRATION) ? under(refused) : refused;
    }
  }

  static HttpProblem named(VitalEvent event, HttpProblem refused) {
    VitalEvent entry =
        event instanceof VitalEvent.Correction correction ? correction.replacement() : event;
    return entry instanceof VitalEvent.FirstRegistration ? under(refused) : refused;
  }

  private static HttpProblem under(HttpProblem refused) {
    if (!(refused.getParameters().get("violations") instanceof List<?> violations)) {
      return refused;
    }
    List<Violation> renamed =
        violations.stream().map(Violation.class::cast).map(NestedMembers::under).toList();
    return refused.getStatusCode() == Problem.INVALID_REQUEST.status()
        ? Problem.invalid(renamed)
        : HttpProblem.builder(refused).with("violations", renamed).build();
  }

  private static Violation under(Violation violation) {
    String field = violation.field();
    boolean own =
        field.startsWith("circumstances") || field.equals("type") || field.equals("person");
    return own ? violation : new Violation("person." + field, violation.rule(), violation.detail());
  }
}
