package org.mekong.registry.vitalevent.rule;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.residence.Place;
import org.mekong.registry.vitalevent.VitalEvent;

/** What holds for what somebody is, where they live and with whom, whatever event tells of it. */
final class PersonalRules {

  private static final int MOST_MOVERS = 20;
  private static final int MOST_EARLIER_NUMBERS = 10;
  private static final String HEAD = "head";
  private static final Pattern ICD_10 = Pattern.compile("[A-Z][0-9]{2}(\\.[0-9]{1,2})?");

  private final PersonRules persons;
  private final LegalTerms terms;

  PersonalRules(PersonRules persons, LegalTerms terms) {
    this.persons = persons;
    this.terms = terms;
  }

  /** What an event says by itself, told without looking at anybody. */
  void form(VitalEvent event, Violations violations) {
    switch (event) {
      case VitalEvent.LiveBirth birth -> particulars("child.", birth.child(), violations);
      case VitalEvent.FirstRegistration(Particulars person, List<String> numbers) -> {
        particulars("", person, violations);
        earlierNumbers(numbers, violations);
      }
      case VitalEvent.Death(UUID deceased, String cause) -> {
        if (cause != null && !ICD_10.matcher(cause).matches()) {
          violations.add("cause", "icd-10", "is no ICD-10 code");
        }
      }
      case VitalEvent.Adoption adoption -> {
        if (adoption.names() != null) {
          persons.names("names", adoption.names(), violations);
        }
      }
      case VitalEvent.NameChange change -> persons.names("names", change.names(), violations);
      case VitalEvent.SexCorrection correction -> {
        if (!correction.sex().isTold()) {
          violations.add("sex", "known-code", "must be 1 or 2");
        }
      }
      case VitalEvent.ResidenceChange move -> move(move, violations);
      case VitalEvent.HouseholdChange change ->
          persons.household("household", change.household(), violations);
      case VitalEvent.NationalityChange change -> nationalities(change, violations);
      case VitalEvent.ParticularsChange change -> open(change, violations);
      case VitalEvent.NumberReplacement replacement ->
          text("reason", replacement.reason(), violations);
      case VitalEvent.EventAnnulment annulment -> text("reason", annulment.reason(), violations);
      case VitalEvent.Correction correction -> form(correction.replacement(), violations);
      case VitalEvent.FoetalDeath death -> {}
      case VitalEvent.Marriage marriage -> {}
      case VitalEvent.Divorce divorce -> {}
      case VitalEvent.MarriageAnnulment annulment -> {}
      case VitalEvent.JudicialSeparation separation -> {}
      case VitalEvent.Legitimation legitimation -> {}
      case VitalEvent.Recognition recognition -> {}
      case VitalEvent.DeclaredMissing missing -> {}
      case VitalEvent.Found found -> {}
      case VitalEvent.Guardianship guardianship -> {}
      case VitalEvent.ProtectionChange change -> {}
      case VitalEvent.Merge merge -> {}
      case VitalEvent.Split split -> {}
    }
  }

  void place(String field, @Nullable Place place, Violations violations) {
    persons.place(field, place, violations);
  }

  private void particulars(String path, Particulars particulars, Violations violations) {
    for (Violation broken : persons.check(particulars)) {
      violations.add(path + broken.field(), broken.rule(), broken.detail());
    }
  }

  private void earlierNumbers(List<String> numbers, Violations violations) {
    if (numbers.size() > MOST_EARLIER_NUMBERS) {
      violations.add("earlierNumbers", "size", "holds more than " + MOST_EARLIER_NUMBERS);
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < numbers.size(); i++) {
      String field = "earlierNumbers[" + i + "]";
      if (!terms.earlierNumber().matcher(numbers.get(i)).matches()) {
        violations.add(field, "number", "has the form of no older identity card");
      } else if (!seen.add(numbers.get(i))) {
        violations.add(field, "unique", "is given twice");
      }
    }
  }

  private void move(VitalEvent.ResidenceChange move, Violations violations) {
    List<VitalEvent.Mover> movers = move.persons();
    if (movers.isEmpty() || movers.size() > MOST_MOVERS) {
      violations.add("persons", "size", "are none or more than " + MOST_MOVERS);
      return;
    }
    persons.place("to", move.to(), violations);
    Set<UUID> seen = new HashSet<>();
    int heads = 0;
    for (int i = 0; i < movers.size(); i++) {
      String field = "persons[" + i + "]";
      String relation = movers.get(i).relationToHead();
      if (!seen.add(movers.get(i).person())) {
        violations.add(field, "unique", "is given twice");
      }
      if ((relation == null) != (move.household() == null)) {
        violations.add(
            field + ".relationToHead", "with-household", "is given with a household, and only so");
      } else if (relation != null && move.household() != null) {
        persons.household(field, new Household(move.household(), relation), violations);
        heads += relation.equals(HEAD) ? 1 : 0;
      }
    }
    if (heads > 1) {
      violations.add("persons", "one-head", "hold more than one head of the household");
    }
  }

  private void nationalities(VitalEvent.NationalityChange change, Violations violations) {
    persons.nationalities("acquired", sorted(change.acquired()), violations);
    persons.nationalities("lost", sorted(change.lost()), violations);
    if (change.acquired().isEmpty() && change.lost().isEmpty()) {
      violations.add("acquired", "required", "is missing, and lost too");
    }
    if (change.acquired().stream().anyMatch(change.lost()::contains)) {
      violations.add("acquired", "acquired-or-lost", "holds a nationality that is lost");
    }
  }

  private void open(VitalEvent.ParticularsChange change, Violations violations) {
    if (change.fields().isEmpty()) {
      violations.add("fields", "required", "is missing");
    }
    unnamed(change, PersonField.HOMETOWN, change.hometown(), violations);
    unnamed(change, PersonField.ETHNICITY, change.ethnicity(), violations);
    unnamed(change, PersonField.RELIGION, change.religion(), violations);
    unnamed(change, PersonField.BLOOD_GROUP, change.bloodGroup(), violations);
    unnamed(change, PersonField.CONTACT, change.contact(), violations);
    unnamed(change, PersonField.PHOTO_REFERENCE, change.photoReference(), violations);
    persons.place("hometown", change.hometown(), violations);
    persons.ethnicity("ethnicity", change.ethnicity(), violations);
    persons.religion("religion", change.religion(), violations);
    persons.bloodGroup("bloodGroup", change.bloodGroup(), violations);
    persons.contact("contact", change.contact(), violations);
    persons.photoReference("photoReference", change.photoReference(), violations);
  }

  private static void unnamed(
      VitalEvent.ParticularsChange change,
      PersonField field,
      @Nullable Object value,
      Violations violations) {
    if (value != null && !change.fields().contains(field)) {
      violations.add(field.member(), "named-field", "is given and not named in fields");
    }
  }

  private static void text(String field, String text, Violations violations) {
    NameText.inText(text, NameText.LONGEST_TEXT)
        .ifPresent(fault -> violations.add(field, fault.rule(), fault.detail()));
  }

  private static List<String> sorted(Collection<String> codes) {
    return codes.stream().sorted().toList();
  }

  static void residence(VitalEvent.ResidenceChange move, Examination of) {
    for (int i = 0; i < move.persons().size(); i++) {
      VitalEvent.Mover mover = move.persons().get(i);
      String field = "persons[" + i + "]";
      of.known(field, mover.person());
      if (move.household() != null && mover.relationToHead() != null) {
        Household household = new Household(move.household(), mover.relationToHead());
        head(field + ".relationToHead", mover.person(), household, of);
      }
    }
  }

  /**
   * A household has one head, on the day of the event and after.
   *
   * @param person whoever joins it; nobody for a newcomer
   */
  static void head(
      String field, @Nullable UUID person, @Nullable Household joined, Examination of) {
    if (joined == null || !joined.relationToHead().equals(HEAD)) {
      return;
    }
    Predicate<Person> isHead = member -> joined.equals(member.particulars().household());
    for (UUID member : of.lives().household(joined.id())) {
      if (!member.equals(person) && isEver(isHead, member, of)) {
        of.refuse(field, "one-head", "is head of a household that has one");
        return;
      }
    }
  }

  private static boolean isEver(Predicate<Person> state, UUID person, Examination of) {
    LocalDate day = of.occurredOn().latest();
    Optional<Timeline> life = of.lives().of(person);
    return life.flatMap(l -> l.on(day)).map(Timeline.Version::person).filter(state).isPresent()
        || life.map(Timeline::versions).orElse(List.of()).stream()
            .filter(version -> version.from().isAfter(day))
            .map(Timeline.Version::person)
            .anyMatch(state);
  }
}
