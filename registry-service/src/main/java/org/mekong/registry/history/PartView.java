package org.mekong.registry.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.reading.past.Moment;

/**
 * A part of a person on the wire.
 *
 * @param items what the caller may see of it, in the order of fields, or by when it began
 * @param mergedInto the key to ask under, when the record was merged by then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PartView(
    UUID id,
    @Nullable LocalDate asOf,
    @Nullable Instant knownAt,
    List<Item> items,
    @Nullable UUID mergedInto,
    Disclosed.Trace disclosure,
    String receipt) {

  PartView {
    items = List.copyOf(items);
  }

  /**
   * One value, and where history is asked for its validity.
   *
   * @param field name of the field, as in permissions
   * @param declared whether it rests, for some of its time, on what was declared at a later first
   *     registration
   * @param validFrom first day
   * @param validTo the day from which it holds no longer
   * @param recordedAt when the register learnt that it holds
   * @param broughtBy the event, for callers that may see events
   * @param endRecordedAt when the register learnt that it ended
   * @param endedBy the event, for callers that may see events
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String field,
      Object value,
      @Nullable Boolean declared,
      @Nullable LocalDate validFrom,
      @Nullable LocalDate validTo,
      @Nullable Instant recordedAt,
      @Nullable EventView broughtBy,
      @Nullable Instant endRecordedAt,
      @Nullable EventView endedBy) {

    static Item of(String field, Object value, boolean declared) {
      return new Item(
          field, value, declared ? Boolean.TRUE : null, null, null, null, null, null, null);
    }

    static Item of(Period period, boolean declared, boolean events) {
      return new Item(
          period.field(),
          period.value(),
          declared ? Boolean.TRUE : null,
          period.from(),
          period.to(),
          period.by().recordedAt(),
          events ? EventView.of(period.by()) : null,
          period.endedBy() == null ? null : period.endedBy().recordedAt(),
          events ? EventView.of(period.endedBy()) : null);
    }
  }

  static PartView of(UUID id, Moment moment, Found found, Disclosed<?> disclosed) {
    return new PartView(
        id,
        moment.asOf(),
        moment.knownAt(),
        found.items(),
        found.mergedInto(),
        disclosed.trace(),
        disclosed.receipt());
  }

  /** What was found, before it is an answer. */
  record Found(List<Item> items, @Nullable UUID mergedInto) {
    Found {
      items = List.copyOf(items);
    }
  }
}
