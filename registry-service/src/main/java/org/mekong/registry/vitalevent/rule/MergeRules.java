package org.mekong.registry.vitalevent.rule;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * Which two records can be one person: not what is certainly different, and what contradicts itself
 * only with a reason.
 */
final class MergeRules {

  private MergeRules() {}

  static void check(VitalEvent.Merge merge, Examination of) {
    of.different("duplicate", merge.survivor(), merge.duplicate());
    Optional<Person> survivor = of.known("survivor", merge.survivor());
    Optional<Person> duplicate = of.known("duplicate", merge.duplicate());
    reason("confirmed", merge.confirmed(), of);
    if (survivor.isEmpty() || duplicate.isEmpty() || survivor.equals(duplicate)) {
      return;
    }
    Particulars one = survivor.get().particulars();
    Particulars other = duplicate.get().particulars();
    if (isRelative(one, duplicate.get()) || isRelative(other, survivor.get())) {
      of.refuse("duplicate", "not-relatives", "is a relative of the survivor");
    }
    if (other.lifeStatus() == LifeStatus.DEAD && one.lifeStatus() != LifeStatus.DEAD) {
      of.refuse("survivor", "death-first", "lives: register the death before the merge");
    }
    if (one.lifeStatus() == LifeStatus.DEAD && livesAfter(merge, one, of)) {
      of.refuse("survivor", "dead", "died before what happened to the duplicate");
    }
    spouses(merge, one, other, of);
    if (merge.confirmed() == null) {
      contradictions(one, other, of);
    }
  }

  /** A reason in words, where one is given. */
  static void reason(String field, @Nullable String text, Examination of) {
    if (text != null) {
      NameText.inText(text, NameText.LONGEST_TEXT)
          .ifPresent(fault -> of.refuse(field, fault.rule(), fault.detail()));
    }
  }

  private static boolean livesAfter(VitalEvent.Merge merge, Particulars dead, Examination of) {
    PartialDate death = dead.dateOfDeath();
    return death != null
        && of.lives()
            .of(merge.duplicate())
            .map(life -> life.versions().getLast().from())
            .filter(death.latest()::isBefore)
            .isPresent();
  }

  /**
   * Nobody has two spouses: not as things stand, and not on the day from which the merge holds,
   * which may lie before the end of a marriage.
   */
  private static void spouses(
      VitalEvent.Merge merge, Particulars one, Particulars other, Examination of) {
    LocalDate day = of.occurredOn().earliest();
    Optional<Particulars> then = of.lives().on(merge.survivor(), day).map(Person::particulars);
    Optional<Particulars> otherThen =
        of.lives().on(merge.duplicate(), day).map(Person::particulars);
    if (haveTwo(one, other)
        || haveTwo(then.orElse(one), other)
        || haveTwo(one, otherThen.orElse(other))
        || haveTwo(then.orElse(one), otherThen.orElse(other))) {
      of.refuse("duplicate", "married-once", "has another spouse than the survivor");
    }
  }

  private static boolean haveTwo(Particulars one, Particulars other) {
    Optional<Relationship> first = relative(one, Relationship.Kind.SPOUSE);
    Optional<Relationship> second = relative(other, Relationship.Kind.SPOUSE);
    return first.isPresent() && second.isPresent() && !first.equals(second);
  }

  private static void contradictions(Particulars one, Particulars other, Examination of) {
    if (one.sex().isTold() && other.sex().isTold() && one.sex() != other.sex()) {
      contradicts("sex", of);
    }
    boolean sameBirth =
        !one.dateOfBirth().latest().isBefore(other.dateOfBirth().earliest())
            && !other.dateOfBirth().latest().isBefore(one.dateOfBirth().earliest());
    if (!sameBirth) {
      contradicts("date of birth", of);
    }
    for (Relationship.Kind kind :
        new Relationship.Kind[] {Relationship.Kind.MOTHER, Relationship.Kind.FATHER}) {
      Optional<Relationship> first = relative(one, kind).filter(r -> r.personId() != null);
      Optional<Relationship> second = relative(other, kind).filter(r -> r.personId() != null);
      if (first.isPresent()
          && second.isPresent()
          && !Objects.equals(first.get().personId(), second.get().personId())) {
        contradicts(kind.code(), of);
      }
    }
  }

  private static void contradicts(String what, Examination of) {
    of.refuse(
        "confirmed", "merge-contradiction", "is missing, and the two records hold another " + what);
  }

  private static boolean isRelative(Particulars of, Person other) {
    return of.relationships().stream().anyMatch(r -> other.id().equals(r.personId()));
  }

  private static Optional<Relationship> relative(Particulars of, Relationship.Kind kind) {
    return of.relationships().stream().filter(r -> r.kind() == kind).findFirst();
  }
}
