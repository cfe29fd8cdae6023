package org.mekong.registry.vitalevent.book;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.vitalevent.VitalEvent;

/** The event that another one corrects, annuls or splits, and what has to hold for that. */
final class TakenBack {

  private TakenBack() {}

  /** The key of the event that is taken back; none where none is. */
  static @Nullable UUID key(VitalEvent event) {
    return switch (event) {
      case VitalEvent.Correction correction -> correction.event();
      case VitalEvent.EventAnnulment annulment -> annulment.event();
      case VitalEvent.Split split -> split.merge();
      default -> null;
    };
  }

  /** The event that is taken back, of a kind that can be. */
  static Optional<RegisteredEvent> find(Ledger ledger, VitalEvent event) throws SQLException {
    UUID key = key(event);
    if (key == null) {
      return Optional.empty();
    }
    Optional<RegisteredEvent> found = ledger.find(key);
    if (found.isEmpty()) {
      throw event instanceof VitalEvent.Split
          ? Problem.invalid("merge", "known-event", "is no event of this register")
          : Problem.NOT_FOUND.because("The register has no such event.");
    }
    VitalEvent first = first(found.get().event());
    switch (event) {
      case VitalEvent.Split split -> {
        if (!(first instanceof VitalEvent.Merge)) {
          throw Problem.invalid("merge", "merge", "is no merge");
        }
      }
      case VitalEvent.Correction correction -> {
        if (!first.type().equals(correction.replacement().type())) {
          throw Problem.invalid("type", "same-type", "is not " + first.type() + " as registered");
        }
        refuseMerge(first);
      }
      default -> refuseMerge(first);
    }
    return found;
  }

  private static void refuseMerge(VitalEvent event) {
    if (event instanceof VitalEvent.Merge) {
      throw Refusal.of("A merge is taken back by an event of type split.", "split-merges");
    }
  }

  /** What was registered, under all corrections. */
  private static VitalEvent first(VitalEvent event) {
    return event instanceof VitalEvent.Correction correction
        ? first(correction.replacement())
        : event;
  }

  /** An event is taken back once, and while all whom it touched stand for themselves. */
  static void check(RegisteredEvent event, Held held) {
    boolean stands =
        event.persons().stream()
            .flatMap(person -> Timeline.effective(held.entries(person)).stream())
            .anyMatch(entry -> entry.eventId().equals(event.id()));
    if (!stands) {
      throw Refusal.of(
          "The event was corrected or annulled already; name the event that replaced it.",
          "stands");
    }
    List<UUID> free =
        event.event() instanceof VitalEvent.Merge merge ? List.of(merge.duplicate()) : List.of();
    for (UUID person : event.persons()) {
      UUID into = held.now(person).map(now -> now.mergedInto()).orElse(null);
      if (into != null && !free.contains(person)) {
        throw Refusal.of(
            "Person " + person + " was merged into " + into + ": split that merge first.",
            "not-merged");
      }
    }
  }
}
