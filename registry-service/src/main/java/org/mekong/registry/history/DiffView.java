package org.mekong.registry.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.reading.past.Moment;

/** The differences between two moments of a person, on the wire. */
record DiffView(
    UUID id,
    Point from,
    Point to,
    List<Change> changes,
    Disclosed.Trace disclosure,
    String receipt) {

  DiffView {
    changes = List.copyOf(changes);
  }

  /**
   * One of the two moments.
   *
   * @param available whether there was somebody to speak of: false before birth, and before the
   *     register knew the person
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Point(@Nullable LocalDate asOf, @Nullable Instant knownAt, boolean available) {
    static Point of(Moment moment, boolean available) {
      return new Point(moment.asOf(), moment.knownAt(), available);
    }
  }

  /**
   * A field that differs.
   *
   * @param field name of the field, or {@code merged_into}
   * @param causes the events, for callers that may see events
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Change(
      String field,
      @Nullable Object before,
      @Nullable Object after,
      @Nullable List<EventView> causes) {
    static Change of(Difference difference, boolean events) {
      return new Change(
          difference.field(),
          difference.before(),
          difference.after(),
          events ? difference.causes().stream().map(EventView::of).toList() : null);
    }
  }

  /** What was found, before it is an answer. */
  record Found(boolean from, boolean to, List<Difference> differences) {
    Found {
      differences = List.copyOf(differences);
    }
  }
}
