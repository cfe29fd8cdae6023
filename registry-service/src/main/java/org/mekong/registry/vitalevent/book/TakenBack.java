package org.mekong.registry.vitalevent.book;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.change.Change;
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

  /** The merge that no longer stands when the event is registered, if it takes one back. */
  static Optional<RegisteredEvent> undone(Ledger ledger, VitalEvent event) throws SQLException {
    return switch (event) {
      case VitalEvent.Split split ->
          ledger.find(split.merge()).filter(of -> of.event() instanceof VitalEvent.Merge);
      case VitalEvent.EventAnnulment annulment -> {
        Optional<RegisteredEvent> annulled = ledger.find(annulment.event());
        yield annulled.isPresent() ? restored(ledger, annulled.get().event()) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** The merge that stands again when the event is registered: it annuls what took one back. */
  static Optional<RegisteredEvent> restored(Ledger ledger, VitalEvent event) throws SQLException {
    if (!(event instanceof VitalEvent.EventAnnulment annulment)) {
      return Optional.empty();
    }
    Optional<RegisteredEvent> annulled = ledger.find(annulment.event());
    return annulled.isPresent() ? undone(ledger, annulled.get().event()) : Optional.empty();
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

  /**
   * An event is taken back once, and while all whom it touched stand for themselves: a merge rests
   * on what was recorded before it. Whoever stands for themselves again when the merge is undone
   * that is taken back with it does so already.
   */
  static void check(RegisteredEvent event, Optional<RegisteredEvent> undone, Held held) {
    boolean stands =
        event.persons().stream()
            .flatMap(person -> Timeline.effective(held.entries(person)).stream())
            .anyMatch(entry -> entry.eventId().equals(event.id()));
    if (!stands) {
      throw Refusal.of(
          "The event was corrected or annulled already; name the event that replaced it.",
          "stands");
    }
    Optional<UUID> free =
        undone.map(RegisteredEvent::event).map(merge -> ((VitalEvent.Merge) merge).duplicate());
    for (UUID person : event.persons()) {
      UUID into = held.now(person).map(now -> now.mergedInto()).orElse(null);
      if (into != null
          && !free.equals(Optional.of(person))
          && restsOn(held.entries(person), event.id())) {
        throw Refusal.of(
            "Person " + person + " was merged into " + into + ": split that merge first.",
            "not-merged");
      }
    }
  }

  /** Whether the merge of a person was recorded after an event. */
  private static boolean restsOn(List<Timeline.Entry> entries, UUID event) {
    int merged = 0;
    int seq = 0;
    for (Timeline.Entry entry : Timeline.effective(entries)) {
      merged =
          entry.changes().stream().anyMatch(Change.MergedInto.class::isInstance)
              ? entry.seq()
              : merged;
      seq = entry.eventId().equals(event) ? entry.seq() : seq;
    }
    return seq < merged;
  }
}
