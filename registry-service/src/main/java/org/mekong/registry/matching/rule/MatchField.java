package org.mekong.registry.matching.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mekong.registry.person.PersonField;

/** A field that two persons are compared by, with its levels of agreement, the best first. */
public enum MatchField {
  GIVEN_NAME(PersonField.NAMES, Levels.NAMES),
  MIDDLE_NAME(PersonField.NAMES, Levels.NAMES),
  FAMILY_NAME(PersonField.NAMES, Levels.NAMES),
  DATE_OF_BIRTH(
      PersonField.DATE_OF_BIRTH,
      Levels.SAME,
      "swapped",
      "same_month",
      "near",
      "same_year",
      Levels.DIFFERENT),
  SEX(PersonField.SEX, Levels.SAME, Levels.DIFFERENT),
  PLACE_OF_BIRTH_REGISTRATION(
      PersonField.PLACE_OF_BIRTH_REGISTRATION, Levels.SAME, Levels.DIFFERENT),
  PARENTS(PersonField.PARENTS, "both", "one", Levels.DIFFERENT),
  RESIDENCE(PersonField.PERMANENT_RESIDENCE, "same_place", "same_province", Levels.DIFFERENT),
  CONTACT(PersonField.CONTACT, Levels.SAME, Levels.DIFFERENT),
  NUMBERS(PersonField.EARLIER_NUMBERS, "shared");

  /** The level of a field that one of the two lacks; it weighs nothing. */
  public static final String MISSING = "missing";

  private final PersonField shown;
  private final List<String> levels;

  MatchField(PersonField shown, String... levels) {
    this.shown = shown;
    this.levels = List.of(levels);
  }

  /** Words that several fields share. */
  private static final class Levels {
    static final String SAME = "same";
    static final String DIFFERENT = "different";
    static final String[] NAMES = {SAME, "same_letters", "alike", "moved", "close", DIFFERENT};
  }

  /** The word in rules and answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The person's field that a reviewer has to be granted to see what was compared. */
  public PersonField shown() {
    return shown;
  }

  /** The levels that have a weight. */
  public List<String> levels() {
    return levels;
  }

  /** All fields of persons that are compared. */
  public static Set<PersonField> allShown() {
    Set<PersonField> shown = java.util.EnumSet.noneOf(PersonField.class);
    Arrays.stream(values()).map(MatchField::shown).forEach(shown::add);
    shown.add(PersonField.PERSONAL_NUMBER);
    return shown;
  }

  /** The field of a word. */
  public static Optional<MatchField> ofCode(String code) {
    return Arrays.stream(values()).filter(field -> field.code().equals(code)).findFirst();
  }
}
