package org.mekong.registry.population.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;

/** Everything recorded on one person, and what follows from it. Not thread-safe. */
public final class Life {

  private final UUID id;
  private final List<Timeline.Entry> entries = new ArrayList<>();
  private @Nullable Timeline timeline;

  Life(UUID id) {
    this.id = id;
  }

  /** The person's key. */
  public UUID id() {
    return id;
  }

  /** What was recorded, in the order of recording. */
  public List<Timeline.Entry> entries() {
    return entries;
  }

  /** The person as they are in the end. */
  public Person person() {
    return timeline().latest().map(Timeline.Version::person).orElseThrow();
  }

  void add(Timeline.Entry entry) {
    Timeline before = timeline;
    entries.add(entry);
    timeline = before == null ? null : grown(before);
  }

  /** With the entry that was added last. */
  private Timeline grown(Timeline before) {
    try {
      return before.with(entries);
    } catch (ChangeRefused refused) {
      throw broken(refused);
    }
  }

  /** The life that follows. */
  public Timeline timeline() {
    if (timeline == null) {
      timeline = replay(entries);
    }
    return timeline;
  }

  /** The life as it is without an event; whoever enters by it is looked at as they entered. */
  Optional<Timeline> without(UUID event) {
    List<Timeline.Entry> rest =
        Timeline.effective(entries).stream()
            .filter(entry -> enters(entry) || !entry.eventId().equals(event))
            .toList();
    Timeline without = Timeline.asFarAsItHolds(rest);
    return without.latest().isEmpty() ? Optional.empty() : Optional.of(without);
  }

  private static boolean enters(Timeline.Entry entry) {
    return entry.changes().stream().anyMatch(Change.Entered.class::isInstance);
  }

  private static Timeline replay(List<Timeline.Entry> entries) {
    try {
      return Timeline.of(entries);
    } catch (ChangeRefused refused) {
      throw broken(refused);
    }
  }

  private static BrokenRuleException broken(ChangeRefused refused) {
    return new BrokenRuleException(
        "a life breaks the rule " + refused.rule() + ": somebody " + refused.detail(), refused);
  }
}
