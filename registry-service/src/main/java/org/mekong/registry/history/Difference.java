package org.mekong.registry.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Past;

/**
 * A fact that differs between two moments.
 *
 * @param before the fact at the first moment, absent where it was not known
 * @param after the fact at the second
 * @param causes the events that lie between the two, in the order of recording: what happened
 *     between the days, and what the register learnt, corrected or annulled between the instants
 */
record Difference(
    String field, @Nullable Object before, @Nullable Object after, List<Entry> causes) {

  Difference {
    causes = List.copyOf(causes);
  }

  /**
   * The differences between two moments of a life; a moment that knows nobody has no facts. To put
   * every {@code after} in the place of its {@code before} makes the first the second.
   *
   * @param facts the facts of a person, by name of field
   */
  static List<Difference> between(
      Past past, Moment from, Moment to, Function<Person, Map<String, Object>> facts) {
    Map<String, Object> before = past.at(from).map(facts).orElse(Map.of());
    Map<String, Object> after = past.at(to).map(facts).orElse(Map.of());
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
    if (names.isEmpty()) {
      return List.of();
    }
    Map<String, List<Entry>> shapingBefore = past.shaping(from, facts);
    Map<String, List<Entry>> shapingAfter = past.shaping(to, facts);
    List<Entry> knownBefore = past.known(from.knownAt());
    List<Entry> knownAfter = past.known(to.knownAt());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      List<Entry> one = shapingBefore.getOrDefault(name, List.of());
      List<Entry> other = shapingAfter.getOrDefault(name, List.of());
      Set<Entry> causes = new TreeSet<>(Comparator.comparing(Entry::seq));
      causes.addAll(without(one, other, knownAfter));
      causes.addAll(without(other, one, knownBefore));
      differences.add(new Difference(name, before.get(name), after.get(name), List.copyOf(causes)));
    }
    return differences;
  }

  /** Why some entries shape a fact at one moment and not at the other. */
  private static List<Entry> without(List<Entry> here, List<Entry> there, List<Entry> known) {
    Set<UUID> shared = new LinkedHashSet<>();
    there.forEach(entry -> shared.add(entry.eventId()));
    return here.stream()
        .filter(entry -> !shared.contains(entry.eventId()))
        .map(entry -> superseding(entry, known).orElse(entry))
        .toList();
  }

  /**
   * The event by which another holds no longer, as far as is known: what corrected or annulled it,
   * or corrected that in turn.
   */
  static Optional<Entry> superseding(Entry entry, List<Entry> known) {
    List<Entry> effective = Timeline.effective(known);
    if (effective.contains(entry)) {
      return Optional.empty();
    }
    UUID gone = entry.eventId();
    for (Entry later : known) {
      if (gone.equals(later.supersedes())) {
        if (effective.contains(later)) {
          return Optional.of(later);
        }
        gone = later.eventId();
      }
    }
    return Optional.empty();
  }
}
