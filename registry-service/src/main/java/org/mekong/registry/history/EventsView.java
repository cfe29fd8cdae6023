package org.mekong.registry.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Disclosed;

/**
 * The events of a life on the wire, in the order in which they happened.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventsView(
    UUID id,
    @Nullable LocalDate asOf,
    @Nullable Instant knownAt,
    List<Item> events,
    @Nullable String next,
    Disclosed.Trace disclosure,
    String receipt) {

  EventsView {
    events = List.copyOf(events);
  }

  /**
   * What was found, before it is an answer.
   *
   * @param last the position where this page ends, when there is another
   */
  record Found(List<Item> items, @Nullable UUID last) {
    Found {
      items = List.copyOf(items);
    }
  }

  /**
   * One event.
   *
   * @param occurredOn when it happened: a year, a month or a day
   * @param registeredOn when the office entered it
   * @param recordedAt when the register learnt of it
   * @param supersedes the event that this one corrects or annuls
   * @param stands whether it holds; not what was corrected or annulled
   * @param supersededBy the event that took it back
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      UUID eventId,
      String type,
      String role,
      String occurredOn,
      @Nullable LocalDate registeredOn,
      Instant recordedAt,
      @Nullable UUID supersedes,
      boolean stands,
      @Nullable UUID supersededBy) {}
}
