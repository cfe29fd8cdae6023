package org.mekong.registry.vitalevent.book;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violation;

/** The answer to an event that somebody's life has no room for. */
final class Refusal {

  private Refusal() {}

  /**
   * A 409 that names the person, the member of the request, and the event on their timeline which
   * stands in the way where it is another than the new one.
   *
   * @param members the members of the request that name persons
   */
  static HttpProblem of(ChangeRefused refused, UUID newEvent, Map<UUID, String> members) {
    UUID event = refused.eventId();
    boolean other = event != null && !event.equals(newEvent);
    String what =
        other
            ? refused.detail()
                + " when event "
                + event
                + " occurs: correct or annul that event first"
            : refused.detail();
    UUID person = refused.personId();
    String who = person == null ? "Somebody" : "Person " + person;
    String member = person == null ? null : members.get(person);
    return conflict(who + " " + what + ".", refused.rule(), member, what);
  }

  /** A 409 with a rule of the book. */
  static HttpProblem of(String detail, String rule) {
    return Problem.EVENT_CONFLICT.because(detail, "event/" + rule);
  }

  /** A 409 that names a member of the request, where one is to blame. */
  static HttpProblem conflict(String detail, String rule, @Nullable String member, String what) {
    HttpProblem problem = of(detail, rule);
    return member == null
        ? problem
        : HttpProblem.builder(problem)
            .with("violations", List.of(new Violation(member, rule, what)))
            .build();
  }
}
