package org.mekong.registry.matching.compare;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/** The errors by which somebody comes into a register twice, made on purpose. */
enum KnownErrors {
  NONE,
  TONES_LOST,
  DAY_AND_MONTH_SWAPPED,
  OTHER_SCRIPT,
  TYPING_ERROR,
  MOVED_PROVINCE,
  YEAR_ONLY,
  MONTH_ONLY,
  DAY_MISTYPED,
  MIDDLE_NAME_LOST,
  NAMES_IN_OTHER_ORDER,
  SEX_MISTYPED,
  YEAR_OFF_BY_ONE;

  /** The same person, registered once more with this error, and mostly without parents or phone. */
  Person again(Person person, SyntheticPeople people) {
    Random random = people.random();
    Particulars of = person.particulars();
    PartialDate birth = of.dateOfBirth();
    List<PersonName> names = of.names();
    Sex sex = of.sex();
    List<Residence> residences = of.residences();
    List<Relationship> relatives =
        random.nextDouble() < 0.5 ? of.relationships() : List.<Relationship>of();
    switch (this) {
      case NONE -> {}
      case TONES_LOST -> names = each(names, KnownErrors::withoutMarks);
      case DAY_AND_MONTH_SWAPPED -> birth = swapped(birth);
      case OTHER_SCRIPT -> {
        boolean several = names.size() > 1;
        names = List.of(several ? names.getLast() : names.getFirst());
      }
      case TYPING_ERROR -> names = each(names, text -> typo(text, random));
      case MOVED_PROVINCE ->
          residences =
              List.of(
                  new Residence(
                      Residence.Kind.PERMANENT,
                      new Place(
                          of.residences().getFirst().place().country(),
                          people.anyProvince(),
                          null)));
      case YEAR_ONLY -> birth = new PartialDate(birth.year(), null, null);
      case MONTH_ONLY -> birth = new PartialDate(birth.year(), birth.month(), null);
      case DAY_MISTYPED -> {
        int day = birth.day() == null ? 1 : birth.day();
        birth = new PartialDate(birth.year(), birth.month(), day > 20 ? day - 10 : day + 1);
      }
      case MIDDLE_NAME_LOST ->
          names =
              names.stream()
                  .map(n -> new PersonName(n.kind(), n.script(), n.family(), null, n.given()))
                  .toList();
      case NAMES_IN_OTHER_ORDER ->
          names =
              names.stream()
                  .map(
                      n ->
                          n.family() == null
                              ? n
                              : new PersonName(
                                  n.kind(), n.script(), n.given(), n.middle(), n.family()))
                  .toList();
      case SEX_MISTYPED -> sex = sex == Sex.MALE ? Sex.FEMALE : Sex.MALE;
      case YEAR_OFF_BY_ONE ->
          birth = new PartialDate(birth.year() - 1, birth.month(), Math.min(28, day(birth)));
    }
    return new Person(
        new UUID(random.nextLong(), random.nextLong()),
        null,
        List.of(),
        new Particulars(
            names,
            birth,
            sex,
            null,
            of.placeOfBirthRegistration(),
            null,
            null,
            null,
            of.nationalities(),
            null,
            of.maritalStatus(),
            of.lifeStatus(),
            null,
            residences,
            relatives,
            null,
            random.nextDouble() < 0.3 ? of.contact() : null,
            null,
            false),
        null);
  }

  private static int day(PartialDate date) {
    return date.day() == null ? 1 : date.day();
  }

  private static PartialDate swapped(PartialDate date) {
    Integer month = date.month();
    int day = day(date);
    return month == null || day > 12 ? date : new PartialDate(date.year(), day, month);
  }

  private interface Change {
    String of(String text);
  }

  private static List<PersonName> each(List<PersonName> names, Change change) {
    List<PersonName> changed = new ArrayList<>();
    for (PersonName name : names) {
      changed.add(
          name.script() == NameScript.LAO
              ? name
              : new PersonName(
                  name.kind(),
                  name.script(),
                  apply(name.family(), change),
                  name.middle(),
                  change.of(name.given())));
    }
    // whoever types a Latin name wrongly has not typed the Lao one
    return changed.size() > 1 ? List.of(changed.getLast()) : changed;
  }

  private static @Nullable String apply(@Nullable String text, Change change) {
    return text == null ? null : change.of(text);
  }

  private static String withoutMarks(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .replace('đ', 'd')
        .replace('Đ', 'D');
  }

  /** In one name of two, a letter doubled, dropped or replaced by its neighbour. */
  private static String typo(String text, Random random) {
    if (text.length() < 3 || random.nextBoolean()) {
      return text;
    }
    int at = 1 + random.nextInt(text.length() - 2);
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + text.charAt(at) + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      default ->
          text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
    };
  }
}
