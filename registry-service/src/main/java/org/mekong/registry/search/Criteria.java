package org.mekong.registry.search;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.search.index.Narrowing;

/** What is known of the person who is searched for; all of it has to fit. */
record Criteria(
    @Nullable String personalNumber,
    @Nullable NameQuery name,
    @Nullable BirthQuery birth,
    @Nullable Sex sex,
    @Nullable Dwelling residence,
    @Nullable NameQuery mother,
    @Nullable NameQuery father,
    @Nullable Birthplace placeOfBirth,
    @Nullable UUID household) {

  /** A province that somebody lives in. */
  record Dwelling(Residence.Kind kind, String province) {

    PersonField field() {
      return switch (kind) {
        case PERMANENT -> PersonField.PERMANENT_RESIDENCE;
        case TEMPORARY -> PersonField.TEMPORARY_RESIDENCE;
        case CURRENT_ABODE -> PersonField.CURRENT_ABODE;
        case TEMPORARY_ABSENCE -> PersonField.TEMPORARY_ABSENCE;
      };
    }
  }

  /** A place of birth, of which at least one member is known. */
  record Birthplace(
      @Nullable String country, @Nullable String province, @Nullable NameQuery text) {}

  /** Whether nothing is known. */
  boolean isEmpty() {
    return personalNumber == null
        && name == null
        && birth == null
        && sex == null
        && residence == null
        && needsNoDocument()
        && household == null;
  }

  /** Whether the index tells all that is asked. */
  boolean needsNoDocument() {
    return mother == null && father == null && placeOfBirth == null;
  }

  /**
   * The fields of others' lives that are searched by. An answer tells of them whether or not they
   * are given out, so that a caller needs them granted.
   */
  Set<PersonField> fields() {
    Set<PersonField> fields = EnumSet.noneOf(PersonField.class);
    if (residence != null) {
      fields.add(residence.field());
    }
    if (mother != null || father != null) {
      fields.add(PersonField.PARENTS);
    }
    if (placeOfBirth != null) {
      fields.add(PersonField.PLACE_OF_BIRTH);
    }
    if (household != null) {
      fields.add(PersonField.HOUSEHOLD);
    }
    return fields;
  }

  /** What narrows a range of the index. */
  Narrowing narrowing() {
    return new Narrowing(
        birth == null ? List.of() : birth.years(),
        birth == null ? List.of() : birth.days(),
        residence == null ? null : residence.province,
        sex == null
            ? List.of()
            : List.of(sex.code(), Sex.NOT_KNOWN.code(), Sex.NOT_APPLICABLE.code()));
  }
}
