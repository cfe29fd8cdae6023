package org.mekong.registry.vitalevent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.Particulars;
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
    Set<UUID> relatives = new LinkedHashSet<>();
    for (Relationship relative : duplicate.get().particulars().relationships()) {
      if (held.contains(relative) || hasRoom(held, brought, relative.kind())) {
        brought.add(relative);
      }
      if (relative.personId() != null) {
        relatives.add(relative.personId());
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
    Set<Relationship> after = new LinkedHashSet<>(held);
    after.addAll(brought);
    relatives.forEach(relative -> replace(relative, merge, after, effects));
  }

  /**
   * A relative holds the survivor in place of the duplicate, as far as the survivor holds them: a
   * guardian who was the duplicate's mother too is the survivor's guardian alone, where the
   * survivor has another mother. The dead hold their widow, who does not hold them any more.
   */
  private void replace(
      UUID relative, VitalEvent.Merge merge, Set<Relationship> after, Map<UUID, Effect> effects) {
    List<Change> changes = new ArrayList<>();
    boolean stays = false;
    Optional<Particulars> then = lives.on(relative, day).map(Person::particulars);
    boolean dead = then.filter(of -> of.lifeStatus() == LifeStatus.DEAD).isPresent();
    List<Relationship> before = then.map(Particulars::relationships).orElse(List.of());
    for (Relationship of : before) {
      if (merge.duplicate().equals(of.personId())) {
        boolean mutual =
            mirror(of.kind()).isEmpty()
                || (dead && of.kind() == Relationship.Kind.SPOUSE)
                || after.stream()
                    .anyMatch(
                        r -> relative.equals(r.personId()) && mirror(of.kind()).contains(r.kind()));
        stays |= mutual;
        if (!mutual) {
          changes.add(new Change.RelativeEnded(of));
        }
      }
    }
    if (stays) {
      changes.add(new Change.RelativeReplaced(merge.duplicate(), merge.survivor()));
    }
    Effects.put(effects, relative, "relative", changes.toArray(Change[]::new));
  }

  /** What the other is in turn; nothing where one side alone tells of the other. */
  private static Set<Relationship.Kind> mirror(Relationship.Kind kind) {
    return switch (kind) {
      case FATHER, MOTHER -> EnumSet.of(Relationship.Kind.CHILD);
      case CHILD -> EnumSet.of(Relationship.Kind.FATHER, Relationship.Kind.MOTHER);
      case ADOPTIVE_PARENT -> EnumSet.of(Relationship.Kind.ADOPTED_CHILD);
      case ADOPTED_CHILD -> EnumSet.of(Relationship.Kind.ADOPTIVE_PARENT);
      case GUARDIAN -> EnumSet.of(Relationship.Kind.WARD);
      case WARD -> EnumSet.of(Relationship.Kind.GUARDIAN);
      case SPOUSE -> EnumSet.of(Relationship.Kind.SPOUSE);
      case LEGAL_REPRESENTATIVE -> EnumSet.noneOf(Relationship.Kind.class);
    };
  }

  private static boolean hasRoom(
      List<Relationship> held, List<Relationship> brought, Relationship.Kind kind) {
    return Stream.concat(held.stream(), brought.stream().filter(r -> !held.contains(r)))
            .filter(r -> r.kind() == kind)
            .count()
        < kind.most();
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
