package org.mekong.registry.vitalevent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Effects.Effect;

/**
 * What a merge does: numbers and relatives of the duplicate come to the survivor, and the relatives
 * hold the survivor in place of the duplicate. Where both have a relative of whom there can be one,
 * the survivor's stays.
 */
record MergeEffects(Lives lives, LocalDate day) {

  void add(VitalEvent.Merge merge, Map<UUID, Effect> effects) {
    Optional<Person> survivor = lives.on(merge.survivor(), day);
    Optional<Person> duplicate = lives.on(merge.duplicate(), day);
    if (survivor.isEmpty() || duplicate.isEmpty()) {
      Effects.put(effects, merge.survivor(), "survivor");
      Effects.put(effects, merge.duplicate(), "duplicate");
      return;
    }
    List<Relationship> held = survivor.get().particulars().relationships();
    List<Relationship> brought = new ArrayList<>();
    Map<UUID, Boolean> relatives = new LinkedHashMap<>();
    for (Relationship relative : duplicate.get().particulars().relationships()) {
      boolean comes = held.contains(relative) || hasRoom(held, brought, relative.kind());
      if (comes) {
        brought.add(relative);
      }
      if (relative.personId() != null) {
        relatives.merge(relative.personId(), comes, Boolean::logicalOr);
      }
    }
    boolean spouse = brought.stream().anyMatch(r -> r.kind() == Relationship.Kind.SPOUSE);
    Effects.put(
        effects,
        merge.survivor(),
        "survivor",
        new Change.Absorbed(
            numbers(duplicate.get()),
            brought,
            spouse ? duplicate.get().particulars().maritalStatus() : null));
    Effects.put(effects, merge.duplicate(), "duplicate", new Change.MergedInto(merge.survivor()));
    relatives.forEach(
        (relative, comes) -> {
          if (comes) {
            Effects.put(
                effects,
                relative,
                "relative",
                new Change.RelativeReplaced(merge.duplicate(), merge.survivor()));
          } else {
            lose(relative, merge.duplicate(), effects);
          }
        });
  }

  private static boolean hasRoom(
      List<Relationship> held, List<Relationship> brought, Relationship.Kind kind) {
    return Stream.concat(held.stream(), brought.stream().filter(r -> !held.contains(r)))
            .filter(r -> r.kind() == kind)
            .count()
        < kind.most();
  }

  /** A relative whom the survivor has another in place of. */
  private void lose(UUID relative, UUID duplicate, Map<UUID, Effect> effects) {
    lives
        .on(relative, day)
        .map(person -> person.particulars().relationships())
        .orElse(List.of())
        .stream()
        .filter(r -> duplicate.equals(r.personId()))
        .forEach(r -> Effects.put(effects, relative, "relative", new Change.RelativeEnded(r)));
  }

  private static List<String> numbers(Person person) {
    List<String> numbers = new ArrayList<>();
    if (person.personalNumber() != null) {
      numbers.add(person.personalNumber());
    }
    numbers.addAll(person.earlierNumbers());
    return numbers;
  }
}
