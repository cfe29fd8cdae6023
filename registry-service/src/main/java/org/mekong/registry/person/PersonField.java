package org.mekong.registry.person;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of a person that a permission can name. */
public enum PersonField {
  NAMES,
  PERSONAL_NUMBER,
  EARLIER_NUMBERS,
  DATE_OF_BIRTH,
  SEX,
  PLACE_OF_BIRTH,
  PLACE_OF_BIRTH_REGISTRATION,
  HOMETOWN,
  ETHNICITY,
  RELIGION,
  NATIONALITIES,
  BLOOD_GROUP,
  MARITAL_STATUS,
  PARENTS,
  SPOUSE,
  CHILDREN,
  LEGAL_REPRESENTATIVE,
  GUARDIANS,
  PERMANENT_RESIDENCE,
  TEMPORARY_RESIDENCE,
  CURRENT_ABODE,
  TEMPORARY_ABSENCE,
  HOUSEHOLD,
  LIFE_STATUS,
  PHOTO_REFERENCE,
  CONTACT,
  VITAL_EVENTS;

  private static final Map<String, PersonField> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(PersonField::code, Function.identity()));

  private final String code = name().toLowerCase(Locale.ROOT);
  private final String member = camel(code);

  /** The field's name in permissions, readings and log entries, as in {@code date_of_birth}. */
  public String code() {
    return code;
  }

  /** The field's name as a member of a person, as in {@code dateOfBirth}. */
  public String member() {
    return member;
  }

  private static String camel(String code) {
    String[] words = code.split("_", -1);
    StringBuilder member = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      member.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return member.toString();
  }

  /** Whether the field is given only where it is both named and granted by its own name. */
  public boolean isSensitive() {
    return this == RELIGION || this == ETHNICITY || this == BLOOD_GROUP;
  }

  /** The field of a code. */
  public static Optional<PersonField> ofCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
