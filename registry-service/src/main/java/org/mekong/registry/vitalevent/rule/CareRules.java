package org.mekong.registry.vitalevent.rule;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mekong.registry.person.Person;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Who may adopt whom, and who may be whose guardian. */
final class CareRules {

  private CareRules() {}

  static void adoption(VitalEvent.Adoption adoption, Examination of) {
    List<Party> parents = adoption.parents();
    if (parents.isEmpty() || parents.size() > 2) {
      of.refuse("parents", "size", "are neither one nor two");
      return;
    }
    Optional<Person> child = of.known("child", adoption.child());
    child.ifPresent(person -> of.living("child", person));
    for (int i = 0; i < parents.size(); i++) {
      String field = "parents[" + i + "]";
      Party parent = parents.get(i);
      of.different(field, parent.personId(), adoption.child());
      Optional<Person> known = of.known(field, parent);
      if (known.isPresent() && child.isPresent()) {
        adopter(field, known.get(), child.get(), of);
      }
      if (known.isPresent() && parents.size() == 2) {
        Party other = parents.get(1 - i);
        of.different(field, parent.personId(), other.personId());
        if (!of.isMarriedTo(known.get(), other)) {
          of.refuse(field, "adopters-married", "is not married to the other adopter");
        }
      }
    }
    boolean family = child.isPresent() && parents.stream().anyMatch(p -> inFamily(p, child, of));
    int age = family ? of.terms().adopteeAgeInFamily() : of.terms().adopteeAge();
    if (child.isPresent() && of.isOfAge(age, child.get())) {
      of.refuse("child", "adoptee-age", "has reached the age of " + age);
    }
  }

  private static void adopter(String field, Person adopter, Person child, Examination of) {
    of.living(field, adopter);
    int years = of.terms().adopterOlderBy();
    if (of.isYoungerThan(of.terms().majority(), adopter)) {
      of.refuse(field, "adopter-age", "is a minor");
    } else if (!isSpouseOfParent(adopter, child, of)
        && Examination.isLessOlder(adopter.particulars(), child.particulars(), years)) {
      of.refuse(field, "adopter-older", "is not " + years + " years older than the child");
    }
    boolean parent =
        child.particulars().relationships().stream()
            .anyMatch(r -> r.kind().isParent() && adopter.id().equals(r.personId()));
    if (parent) {
      of.refuse(field, "not-own-child", "is a parent of the child already");
    }
  }

  private static boolean inFamily(Party adopter, Optional<Person> child, Examination of) {
    UUID id = adopter.personId();
    return id != null
        && of.lives()
            .on(id, of.occurredOn().latest())
            .filter(person -> isSpouseOfParent(person, child.orElseThrow(), of))
            .isPresent();
  }

  private static boolean isSpouseOfParent(Person adopter, Person child, Examination of) {
    return child.particulars().relationships().stream()
        .filter(relative -> relative.kind().isParent())
        .anyMatch(
            relative -> of.isMarriedTo(adopter, new Party(relative.personId(), relative.name())));
  }

  static void guardianship(VitalEvent.Guardianship guardianship, Examination of) {
    Optional<Person> ward = of.known("ward", guardianship.ward());
    Optional<Person> guardian = of.known("guardian", guardianship.guardian());
    of.different("guardian", guardianship.guardian().personId(), guardianship.ward());
    if (guardianship.ended()) {
      return;
    }
    int majority = of.terms().majority();
    if (ward.isPresent()) {
      of.living("ward", ward.get());
      if (!guardianship.incapable() && of.isOfAge(majority, ward.get())) {
        of.refuse("ward", "ward", "is neither a minor nor declared incapable");
      }
    }
    if (guardian.isPresent()) {
      of.living("guardian", guardian.get());
      if (of.isYoungerThan(majority, guardian.get())) {
        of.refuse("guardian", "guardian-age", "is a minor");
      }
      boolean wardToo =
          of.then(guardian.get()).relationships().stream()
              .anyMatch(r -> r.kind() == Relationship.Kind.GUARDIAN);
      if (wardToo) {
        of.refuse("guardian", "guardian-capable", "has a guardian");
      }
    }
  }
}
