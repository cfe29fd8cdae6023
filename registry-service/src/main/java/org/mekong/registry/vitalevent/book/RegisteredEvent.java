package org.mekong.registry.vitalevent.book;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * An event as the register holds it. Immutable for ever.
 *
 * @param supersedes the event that this one corrects or annuls
 * @param persons everyone whom it touched, the person it is about first
 */
public record RegisteredEvent(
    UUID id,
    VitalEvent event,
    Circumstances circumstances,
    Instant recordedAt,
    @Nullable UUID supersedes,
    List<UUID> persons) {
  public RegisteredEvent {
    persons = List.copyOf(persons);
  }
}
