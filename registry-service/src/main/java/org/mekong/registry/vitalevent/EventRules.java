package org.mekong.registry.vitalevent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.person.Sex;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.relationship.Relationship;

/**
 * What has to hold between those whom an event touches, as law and nature have it. What one
 * person's own state forbids is said by the changes themselves. The same rules serve the API, the
 * import and the generator.
 */
@ApplicationScoped
public class EventRules {

  /** A parent is at least so many years older than the child. */
  public static final int PARENT_OLDER_BY = 12;

  private final NationProfile profile;
  private final PersonRules persons;

  EventRules(NationProfile profile, PersonRules persons) {
    this.profile = profile;
    this.persons = persons;
  }

  /** The rules that an event breaks, by the members of its request. */
  public Violations check(VitalEvent event, Circumstances when, Lives lives) {
    Violations violations = new Violations();
    LocalDate day = when.occurredOn().earliest();
    switch (event) {
      case VitalEvent.FirstRegistration(Particulars person) -> {
        particulars("", person, violations);
        relatives(person, lives, violations);
      }
      case VitalEvent.LiveBirth birth -> {
        particulars("child.", birth.child(), violations);
        parent("mother", birth.mother(), birth.child(), Sex.FEMALE, lives, violations);
        parent("father", birth.father(), birth.child(), Sex.MALE, lives, violations);
      }
      case VitalEvent.Marriage marriage -> {
        marries("spouses[0]", marriage.one(), day, lives, violations);
        marries("spouses[1]", marriage.other(), day, lives, violations);
      }
      default -> {}
    }
    return violations;
  }

  private void particulars(String path, Particulars particulars, Violations violations) {
    for (Violation broken : persons.check(particulars)) {
      violations.add(path + broken.field(), broken.rule(), broken.detail());
    }
  }

  private static void relatives(Particulars of, Lives lives, Violations violations) {
    List<Relationship> relationships = of.relationships();
    int own = of.dateOfBirth().year();
    for (int i = 0; i < relationships.size(); i++) {
      Relationship relationship = relationships.get(i);
      if (relationship.personId() == null) {
        continue;
      }
      String path = "relationships[" + i + "].personId";
      Optional<Person> relative = known(path, relationship.personId(), lives, violations);
      if (relative.isEmpty()) {
        continue;
      }
      int year = relative.get().particulars().dateOfBirth().year();
      if (relationship.kind().isParent() && own - year < PARENT_OLDER_BY) {
        violations.add(path, "parent-older", "is not old enough to be a parent");
      } else if (relationship.kind().isChild() && year - own < PARENT_OLDER_BY) {
        violations.add(path, "parent-older", "is not young enough to be a child");
      }
    }
  }

  private static void parent(
      String path,
      @Nullable Party parent,
      Particulars child,
      Sex sex,
      Lives lives,
      Violations violations) {
    if (parent == null || parent.personId() == null) {
      return;
    }
    Optional<Person> known = known(path, parent.personId(), lives, violations);
    if (known.isEmpty()) {
      return;
    }
    Particulars of = known.get().particulars();
    if (of.sex() != sex) {
      violations.add(path, "parent-sex", "has another sex than a " + path);
    }
    if (child.dateOfBirth().year() - of.dateOfBirth().year() < PARENT_OLDER_BY) {
      violations.add(path, "parent-older", "is not old enough to be a parent");
    }
  }

  private void marries(
      String path, Party party, LocalDate day, Lives lives, Violations violations) {
    if (party.personId() == null) {
      return;
    }
    Optional<Person> known = known(path, party.personId(), lives, violations);
    if (known.isPresent()) {
      Particulars of = known.get().particulars();
      int age = of.sex() == Sex.MALE ? profile.marriageAgeMen() : profile.marriageAgeWomen();
      if (of.dateOfBirth().earliest().plusYears(age).isAfter(day)) {
        violations.add(path, "marriage-age", "has not reached the legal age of " + age);
      }
    }
  }

  /** The person as they are known last, whatever the day of the event. */
  private static Optional<Person> known(String path, UUID id, Lives lives, Violations violations) {
    Optional<Person> known = lives.on(id, LocalDate.MAX);
    if (known.isEmpty()) {
      violations.add(path, "known-person", "is nobody of this register");
    }
    return known;
  }
}
