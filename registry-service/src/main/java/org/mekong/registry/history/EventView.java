package org.mekong.registry.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.change.Timeline.Entry;

/**
 * An event as the cause of something.
 *
 * @param role what the person was in it
 * @param occurredOn when it happened: a year, a month or a day
 * @param recordedAt when the register learnt of it
 */
record EventView(UUID eventId, String type, String role, String occurredOn, Instant recordedAt) {

  static @Nullable EventView of(@Nullable Entry entry) {
    return entry == null
        ? null
        : new EventView(
            entry.eventId(),
            entry.type(),
            entry.role(),
            entry.occurredOn().toString(),
            entry.recordedAt());
  }
}
