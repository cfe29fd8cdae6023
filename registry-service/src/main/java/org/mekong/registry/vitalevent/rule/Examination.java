package org.mekong.registry.vitalevent.rule;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Lives;
import org.mekong.registry.vitalevent.Party;

/**
 * One event under examination: what the themes of the rules look at, and where they note what is
 * broken. Where a date is known in part, only what is certainly wrong breaks a rule.
 */
record Examination(
    PartialDate occurredOn,
    Lives lives,
    NationProfile profile,
    LegalTerms terms,
    Violations violations) {

  void refuse(String field, String rule, String detail) {
    violations.add(field, rule, detail);
  }

  /** A person whom the request names, as they are known last, whatever the day of the event. */
  Optional<Person> known(String field, @Nullable UUID id) {
    if (id == null) {
      return Optional.empty();
    }
    Optional<Person> known = lives.on(id, LocalDate.MAX);
    if (known.isEmpty()) {
      refuse(field, "known-person", "is nobody of this register");
      return Optional.empty();
    }
    UUID survivor = known.get().mergedInto();
    if (survivor != null) {
      refuse(field, "not-merged", "was merged into " + survivor + ": name that person");
      return Optional.empty();
    }
    PartialDate birth = known.get().particulars().dateOfBirth();
    if (occurredOn.latest().isBefore(birth.earliest())) {
      refuse("circumstances.occurredOn", "after-birth", "lies before the birth of " + field);
      return Optional.empty();
    }
    return known;
  }

  /** The same of a party, who may stand outside of the register. */
  Optional<Person> known(String field, @Nullable Party party) {
    return party == null ? Optional.empty() : known(field, party.personId());
  }

  /** Refuses somebody who was certainly dead when the event happened. */
  void living(String field, Person person) {
    PartialDate death = person.particulars().dateOfDeath();
    boolean dead =
        person.particulars().lifeStatus() == LifeStatus.DEAD
            && (death == null || death.latest().isBefore(occurredOn.earliest()));
    if (dead) {
      refuse(field, "alive", "is dead");
    }
  }

  /** Refuses two members that name one person. */
  void different(String field, @Nullable UUID one, @Nullable UUID other) {
    if (one != null && one.equals(other)) {
      refuse(field, "another-person", "is the same person");
    }
  }

  /** Whether somebody certainly had not completed so many years of age by the event. */
  boolean isYoungerThan(int years, Person person) {
    return person
        .particulars()
        .dateOfBirth()
        .earliest()
        .plusYears(years)
        .isAfter(occurredOn.latest());
  }

  /** Whether somebody certainly had completed so many years of age by the event. */
  boolean isOfAge(int years, Person person) {
    return !person
        .particulars()
        .dateOfBirth()
        .latest()
        .plusYears(years)
        .isAfter(occurredOn.earliest());
  }

  /** Whether somebody was certainly born less than so many years before somebody else. */
  static boolean isLessOlder(Particulars elder, Particulars younger, int years) {
    return elder.dateOfBirth().earliest().plusYears(years).isAfter(younger.dateOfBirth().latest());
  }

  /** A person's particulars when the event happened; as they are known last for lack of these. */
  Particulars then(Person person) {
    return lives.on(person.id(), occurredOn.latest()).orElse(person).particulars();
  }

  /** Whether somebody was married to a party when the event happened. */
  boolean isMarriedTo(Person person, Party spouse) {
    Particulars of = then(person);
    return (of.maritalStatus() == MaritalStatus.MARRIED
            || of.maritalStatus() == MaritalStatus.SEPARATED)
        && of.relationships().contains(spouse.as(Relationship.Kind.SPOUSE));
  }
}
