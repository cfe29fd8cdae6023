package org.mekong.registry.matching.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part that blocking keys are put together from. */
public enum KeyPart {
  /** What the whole name sounds like, in any order of its words. */
  NAME_SOUND,
  GIVEN_SOUND,
  FAMILY_SOUND,
  BIRTH_YEAR,
  /** The whole date, with day and month in either order; nobody's whose date is partial. */
  BIRTH_DATE,
  /** Day and month in either order, without the year. */
  BIRTH_MONTH_DAY,
  SEX,
  BIRTH_REGISTRATION,
  /** Province of permanent residence. */
  PROVINCE,
  /** A father or mother, by key of the register or by what the name sounds like. */
  PARENT,
  PHONE,
  /** A personal number in force or an earlier one. */
  NUMBER;

  /** The word in rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of a word. */
  public static Optional<KeyPart> ofCode(String code) {
    return Arrays.stream(values()).filter(part -> part.code().equals(code)).findFirst();
  }
}
