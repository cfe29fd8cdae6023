package org.mekong.registry.vitalevent.book;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event that was registered, and whom it touched, the person it is about first. */
public record Registration(UUID eventId, List<Touched> persons) {

  public Registration {
    persons = List.copyOf(persons);
  }

  /**
   * One of those touched.
   *
   * @param role what the person is in the event
   * @param version the person's version from now on
   * @param personalNumber the number that the person got by the event, if they got one
   */
  public record Touched(UUID personId, String role, int version, @Nullable String personalNumber) {}
}
