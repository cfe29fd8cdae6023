package org.mekong.registry.vitalevent.rule;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * Who may marry whom: two people of legal age, a man and a woman, who are neither parent and child
 * nor siblings, by blood or adoption (VN: Law on Marriage and Family 52/2014/QH13, articles 5 and
 * 8; LA: Family Law, articles 9 and 10). That neither is dead or married is said by the change.
 */
final class MarriageRules {

  private MarriageRules() {}

  static void check(VitalEvent.Marriage marriage, Examination of) {
    Optional<Person> one = of.known("spouses[0]", marriage.one());
    Optional<Person> other = of.known("spouses[1]", marriage.other());
    couple(marriage.one(), marriage.other(), of);
    one.ifPresent(person -> age("spouses[0]", person, of));
    other.ifPresent(person -> age("spouses[1]", person, of));
    if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
      return;
    }
    Sex sex = one.get().particulars().sex();
    if (sex.isTold() && sex == other.get().particulars().sex()) {
      of.refuse("spouses", "man-and-woman", "are no man and woman");
    }
    if (isParent(one.get(), other.get()) || isParent(other.get(), one.get())) {
      of.refuse("spouses", "not-parent-and-child", "are parent and child");
    }
    if (parents(one.get()).stream().anyMatch(parents(other.get())::contains)) {
      of.refuse("spouses", "not-siblings", "have a parent in common");
    }
  }

  /** Two whose marriage ends or is loosened: that they are married is said by the change. */
  static void couple(Party one, Party other, Examination of) {
    if (one.personId() == null && other.personId() == null) {
      of.refuse("spouses", "one-in-register", "are both outside of the register");
    }
    of.different("spouses[1]", one.personId(), other.personId());
  }

  static void spouses(Party one, Party other, Examination of) {
    of.known("spouses[0]", one);
    of.known("spouses[1]", other);
    couple(one, other, of);
  }

  /** Whether somebody was too young on the day of the event. */
  static boolean isTooYoung(Person person, Examination of) {
    return of.isYoungerThan(legalAge(person, of), person);
  }

  private static void age(String field, Person person, Examination of) {
    if (isTooYoung(person, of)) {
      of.refuse(field, "marriage-age", "has not reached the legal age of " + legalAge(person, of));
    }
  }

  private static int legalAge(Person person, Examination of) {
    return person.particulars().sex() == Sex.MALE
        ? of.profile().marriageAgeMen()
        : of.profile().marriageAgeWomen();
  }

  private static boolean isParent(Person parent, Person child) {
    return parents(child).contains(parent.id())
        || relatives(parent, Relationship.Kind::isChild).contains(child.id());
  }

  private static Set<UUID> parents(Person person) {
    return relatives(person, Relationship.Kind::isParent);
  }

  private static Set<UUID> relatives(Person person, Predicate<Relationship.Kind> kinds) {
    return person.particulars().relationships().stream()
        .filter(relative -> kinds.test(relative.kind()))
        .flatMap(relative -> Optional.ofNullable(relative.personId()).stream())
        .collect(Collectors.toSet());
  }
}
