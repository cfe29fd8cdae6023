package org.mekong.registry.bulk.row;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A column that a CSV file of persons may have, in any order. */
public enum Column {
  REF,
  PERSONAL_NUMBER,
  EARLIER_NUMBERS,
  FAMILY_NAME,
  MIDDLE_NAME,
  GIVEN_NAME,
  LATIN_FAMILY_NAME,
  LATIN_MIDDLE_NAME,
  LATIN_GIVEN_NAME,
  ALIAS,
  DATE_OF_BIRTH,
  SEX,
  PLACE_OF_BIRTH_COUNTRY,
  PLACE_OF_BIRTH_PROVINCE,
  PLACE_OF_BIRTH,
  PLACE_OF_BIRTH_REGISTRATION,
  HOMETOWN_COUNTRY,
  HOMETOWN_PROVINCE,
  HOMETOWN,
  ETHNICITY,
  RELIGION,
  NATIONALITIES,
  BLOOD_GROUP,
  MARITAL_STATUS,
  LIFE_STATUS,
  DATE_OF_DEATH,
  PERMANENT_COUNTRY,
  PERMANENT_PROVINCE,
  PERMANENT_ADDRESS,
  TEMPORARY_COUNTRY,
  TEMPORARY_PROVINCE,
  TEMPORARY_ADDRESS,
  ABODE_COUNTRY,
  ABODE_PROVINCE,
  ABODE_ADDRESS,
  HOUSEHOLD,
  RELATION_TO_HEAD,
  FATHER_REF,
  FATHER_NUMBER,
  FATHER_NAME,
  MOTHER_REF,
  MOTHER_NUMBER,
  MOTHER_NAME,
  SPOUSE_NAME,
  LEGAL_REPRESENTATIVE_NAME,
  PHONE,
  EMAIL,
  PHOTO_REFERENCE,
  WITHHELD;

  private static final Map<String, Column> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Column::code, Function.identity()));

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The column's name in the header. */
  public String code() {
    return code;
  }

  /** Whether every file has to have it. */
  public boolean isRequired() {
    return this == GIVEN_NAME
        || this == DATE_OF_BIRTH
        || this == SEX
        || this == PLACE_OF_BIRTH_REGISTRATION;
  }

  /** The column of a name. */
  public static Optional<Column> ofCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
