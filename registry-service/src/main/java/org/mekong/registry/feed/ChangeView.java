package org.mekong.registry.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change, as it is given out.
 *
 * @param person key of the person
 * @param event key of the event
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeView(
    long position,
    UUID person,
    @Nullable UUID event,
    String type,
    @Nullable String province,
    Instant recordedAt) {

  /** Of an entry. */
  public static ChangeView of(FeedEntry entry) {
    return new ChangeView(
        entry.position(),
        entry.personId(),
        entry.eventId(),
        entry.type(),
        entry.province(),
        entry.recordedAt());
  }
}
