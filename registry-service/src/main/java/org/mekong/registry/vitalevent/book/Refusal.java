package org.mekong.registry.vitalevent.book;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.problem.Problem;

/** The answer to an event that somebody's life has no room for. */
final class Refusal {

  private Refusal() {}

  /**
   * A 409 that names the person, and the event on their timeline which stands in the way where it
   * is another than the new one.
   */
  static HttpProblem of(ChangeRefused refused, @Nullable UUID newEvent) {
    UUID event = refused.eventId();
    boolean other = event != null && !event.equals(newEvent);
    String who = "Person " + refused.personId() + " " + refused.detail();
    return Problem.EVENT_CONFLICT.because(
        other
            ? who + " when event " + event + " occurs; correct or annul that event first."
            : who + ".",
        "event/" + refused.rule());
  }
}
