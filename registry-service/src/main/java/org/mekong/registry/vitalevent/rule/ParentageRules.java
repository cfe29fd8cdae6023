package org.mekong.registry.vitalevent.rule;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Who can be father or mother of whom, as nature has it. */
final class ParentageRules {

  /** Oldest mother, in completed years. */
  private static final int OLDEST_MOTHER = 60;

  /** A child may be born so many days after the father's death. */
  private static final int DAYS_AFTER_FATHER = 300;

  /** Births so many days apart are of one delivery. */
  private static final int DAYS_OF_DELIVERY = 14;

  /** Births of one mother lie so many days apart, else. */
  private static final int DAYS_BETWEEN_BIRTHS = 180;

  private ParentageRules() {}

  static void birth(VitalEvent.LiveBirth birth, Examination of) {
    Particulars child = birth.child();
    if (!child.dateOfBirth().equals(of.occurredOn())) {
      of.refuse("child.dateOfBirth", "birth-is-occurrence", "is not when the event occurred");
    }
    if (child.maritalStatus() != MaritalStatus.SINGLE
        && child.maritalStatus() != MaritalStatus.UNKNOWN) {
      of.refuse("child.maritalStatus", "newborn", "is not that of a newborn");
    }
    if (child.lifeStatus() != LifeStatus.ALIVE || child.dateOfDeath() != null) {
      of.refuse("child.lifeStatus", "newborn", "is told by an event of its own");
    }
    if (!child.relationships().isEmpty()) {
      of.refuse("child.relationships", "newborn", "are told by the event's mother and father");
    }
    Party mother = birth.mother();
    Party father = birth.father();
    if (mother != null && father != null) {
      of.different("father", mother.personId(), father.personId());
    }
    of.known("father", father).ifPresent(person -> father("father", person, child, of));
    of.known("mother", mother)
        .ifPresent(
            person -> {
              mother("mother", person, child, of);
              deliveries(person, of);
            });
  }

  /** Nobody bears or begets a child after their death. */
  static void death(Person deceased, Examination of) {
    LocalDate last = of.occurredOn().latest();
    for (Timeline.Entry entry :
        of.lives().of(deceased.id()).map(Timeline::entries).orElse(List.of())) {
      LocalDate birth = entry.occurredOn().earliest();
      boolean late =
          (isBirth(entry, "mother") && last.isBefore(birth))
              || (isBirth(entry, "father") && last.plusDays(DAYS_AFTER_FATHER).isBefore(birth));
      if (late) {
        of.refuse("deceased", "parent-alive", "has a child later, event " + entry.eventId());
      }
    }
  }

  static void foetalDeath(VitalEvent.FoetalDeath death, Examination of) {
    Integer weeks = death.gestationWeeks();
    if (weeks != null && (weeks < 4 || weeks > 45)) {
      of.refuse("gestationWeeks", "range", "is not between 4 and 45");
    }
    Optional<Person> mother = of.known("mother", death.mother());
    if (mother.isPresent()) {
      of.living("mother", mother.get());
      sex("mother", mother.get(), Sex.FEMALE, of);
      if (of.isYoungerThan(EventRules.PARENT_OLDER_BY, mother.get())
          || of.isOfAge(OLDEST_MOTHER + 1, mother.get())) {
        of.refuse("mother", "mother-age", "is no woman of an age to bear");
      }
    }
  }

  static void legitimation(VitalEvent.Legitimation legitimation, Examination of) {
    Optional<Person> child = of.known("child", legitimation.child());
    parent("father", legitimation.father(), Relationship.Kind.FATHER, child, of);
    parent("mother", legitimation.mother(), Relationship.Kind.MOTHER, child, of);
    of.different("mother", legitimation.father().personId(), legitimation.mother().personId());
    married("father", legitimation.father(), legitimation.mother(), of);
    married("mother", legitimation.mother(), legitimation.father(), of);
  }

  static void recognition(VitalEvent.Recognition recognition, Examination of) {
    Optional<Person> child = of.known("child", recognition.child());
    Relationship.Kind kind =
        recognition.paternal() ? Relationship.Kind.FATHER : Relationship.Kind.MOTHER;
    parent("parent", recognition.parent(), kind, child, of);
    Relationship parent = recognition.parent().as(kind);
    if (child.isPresent() && child.get().particulars().relationships().contains(parent)) {
      of.refuse("parent", "not-recognised", "is a parent of the child already");
    }
  }

  /** Relatives whom somebody declares when they enter the register. */
  static void declared(Particulars newcomer, Examination of) {
    List<Relationship> relatives = newcomer.relationships();
    for (int i = 0; i < relatives.size(); i++) {
      Relationship relative = relatives.get(i);
      String field = "relationships[" + i + "].personId";
      Optional<Person> known = declared(field, relative, of);
      if (known.isEmpty()) {
        continue;
      }
      switch (relative.kind()) {
        case FATHER -> father(field, known.get(), newcomer, of);
        case MOTHER -> mother(field, known.get(), newcomer, of);
        case ADOPTIVE_PARENT -> older(field, known.get().particulars(), newcomer, of);
        case CHILD, ADOPTED_CHILD -> {
          if (Examination.isLessOlder(
              newcomer, known.get().particulars(), EventRules.PARENT_OLDER_BY)) {
            of.refuse(field, "parent-older", "is not young enough to be a child");
          }
        }
        case SPOUSE ->
            of.refuse(
                field,
                "spouse-by-marriage",
                "stands in the register: enter the person as single, then their marriage");
        case GUARDIAN, WARD, LEGAL_REPRESENTATIVE -> {}
      }
    }
  }

  /** Whoever is declared need not have been born when the newcomer was. */
  private static Optional<Person> declared(String field, Relationship relative, Examination of) {
    if (relative.personId() == null) {
      return Optional.empty();
    }
    PartialDate always = new PartialDate(9999, null, null);
    return new Examination(always, of.lives(), of.profile(), of.terms(), of.violations())
        .known(field, relative.personId());
  }

  private static void parent(
      String field, Party parent, Relationship.Kind kind, Optional<Person> child, Examination of) {
    Optional<Person> known = of.known(field, parent);
    if (child.isEmpty()) {
      return;
    }
    boolean another =
        child.get().particulars().relationships().stream()
            .anyMatch(r -> r.kind() == kind && !r.equals(parent.as(kind)));
    if (another) {
      of.refuse(field, "no-other-parent", "is not the " + kind.code() + " whom the child has");
    }
    if (known.isPresent()) {
      of.different(field, known.get().id(), child.get().id());
      Particulars particulars = child.get().particulars();
      if (kind == Relationship.Kind.FATHER) {
        father(field, known.get(), particulars, of);
      } else {
        mother(field, known.get(), particulars, of);
      }
    }
  }

  private static void married(String field, Party spouse, Party other, Examination of) {
    if (spouse.personId() == null) {
      return;
    }
    Optional<Person> known = of.lives().on(spouse.personId(), LocalDate.MAX);
    if (known.isPresent() && !of.isMarriedTo(known.get(), other)) {
      of.refuse(field, "parents-married", "is not married to the other parent");
    }
  }

  private static void mother(String field, Person mother, Particulars child, Examination of) {
    sex(field, mother, Sex.FEMALE, of);
    older(field, mother.particulars(), child, of);
    LocalDate tooOld = mother.particulars().dateOfBirth().latest().plusYears(OLDEST_MOTHER + 1L);
    if (!tooOld.isAfter(child.dateOfBirth().earliest())) {
      of.refuse(field, "mother-age", "was older than " + OLDEST_MOTHER + " at the birth");
    }
    if (diedBefore(mother, child.dateOfBirth().earliest())) {
      of.refuse(field, "mother-alive", "was dead at the birth");
    }
  }

  private static void father(String field, Person father, Particulars child, Examination of) {
    sex(field, father, Sex.MALE, of);
    older(field, father.particulars(), child, of);
    if (diedBefore(father, child.dateOfBirth().earliest().minusDays(DAYS_AFTER_FATHER))) {
      of.refuse(
          field,
          "father-alive",
          "was dead for more than " + DAYS_AFTER_FATHER + " days at the birth");
    }
  }

  static void older(String field, Particulars parent, Particulars child, Examination of) {
    if (Examination.isLessOlder(parent, child, EventRules.PARENT_OLDER_BY)) {
      of.refuse(field, "parent-older", "is not old enough to be a parent");
    }
  }

  private static void sex(String field, Person parent, Sex sex, Examination of) {
    if (parent.particulars().sex().isTold() && parent.particulars().sex() != sex) {
      of.refuse(field, "parent-sex", "has another sex");
    }
  }

  private static boolean diedBefore(Person person, LocalDate day) {
    PartialDate death = person.particulars().dateOfDeath();
    return death != null && death.latest().isBefore(day);
  }

  /** Two births of one mother are of one delivery, or far enough apart. */
  private static void deliveries(Person mother, Examination of) {
    if (of.occurredOn().day() == null) {
      return;
    }
    LocalDate birth = of.occurredOn().earliest();
    List<Timeline.Entry> entries =
        of.lives().of(mother.id()).map(Timeline::entries).orElse(List.of());
    for (Timeline.Entry entry : entries) {
      if (isBirth(entry, "mother") && entry.occurredOn().day() != null) {
        long days = Math.abs(ChronoUnit.DAYS.between(entry.occurredOn().earliest(), birth));
        if (days > DAYS_OF_DELIVERY && days < DAYS_BETWEEN_BIRTHS) {
          of.refuse(
              "mother", "births-apart", "has another birth too close, event " + entry.eventId());
          return;
        }
      }
    }
  }

  /** Whether an entry, or a correction, tells of a birth to the person. */
  static boolean isBirth(Timeline.Entry entry, String role) {
    return entry.role().equals(role)
        && (entry.type().equals("live_birth") || entry.type().equals("correction"))
        && entry.changes().stream().anyMatch(Change.RelativeAdded.class::isInstance);
  }
}
