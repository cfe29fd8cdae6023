package org.mekong.registry.vitalevent.book;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was registered.
 *
 * @param recordedAt when the register learnt of it, by its own clock
 * @param persons everyone whom it touched, the person it is about first
 */
public record Registration(
    UUID eventId, Instant recordedAt, List<Touched> persons, List<Warning> warnings) {

  public Registration {
    persons = List.copyOf(persons);
    warnings = List.copyOf(warnings);
  }

  /** The same with one more warning. */
  Registration with(Warning warning) {
    List<Warning> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Registration(eventId, recordedAt, persons, more);
  }

  /**
   * One of those touched.
   *
   * @param role what the person is in the event
   * @param version the person's version from now on
   * @param personalNumber the number that the person got by the event, if they got one
   */
  public record Touched(UUID personId, String role, int version, @Nullable String personalNumber) {}

  /**
   * Something that does not forbid the event, and that somebody should know of.
   *
   * @param personId whom it concerns, where it concerns one
   */
  public record Warning(String rule, String detail, @Nullable UUID personId) {}
}
