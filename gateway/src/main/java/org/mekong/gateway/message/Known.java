package org.mekong.gateway.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;

/**
 * What an asker knows of a person whose number it does not know. Each member is called as the field
 * that it tells of: what one asks by counts as asked for, because the answer tells of it.
 *
 * @param names needed to match
 * @param dateOfBirth 1990, 1990-05 or 1990-05-17; needed to match
 * @param sex ISO/IEC 5218
 * @param placeOfBirthRegistration code of a province; to match alone
 * @param permanentResidence code of a province
 * @param placeOfBirth to search alone
 * @param parents to search alone
 */
@JsonInclude(Include.NON_NULL)
public record Known(
    @Nullable Names names,
    @Nullable String dateOfBirth,
    @Nullable Integer sex,
    @Nullable String placeOfBirthRegistration,
    @Nullable String permanentResidence,
    @Nullable Birthplace placeOfBirth,
    @Nullable Parents parents) {

  private static final Pattern DATE = Pattern.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?");
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z-]{1,32}");
  private static final Set<Integer> SEXES = Set.of(0, 1, 2, 9);
  private static final int LONGEST_TEXT = 200;

  /**
   * A name: by its parts in one script, or as words in any order where it is searched for.
   *
   * @param words of the name; stands alone
   */
  @JsonInclude(Include.NON_NULL)
  public record Names(
      @Nullable String family,
      @Nullable String middle,
      @Nullable String given,
      @Nullable String words) {

    public Names {
      texts("names", family, middle, given, words);
      require(
          (words == null) == (given != null) && (words == null || family == null && middle == null),
          "names: either given, with family and middle where there are any, or words alone");
    }

    /** All of it in one text. */
    public String text() {
      return String.join(
          " ", Stream.of(family, middle, given, words).filter(Objects::nonNull).toList());
    }

    @Override
    public String toString() {
      return "Names[hidden]";
    }
  }

  /**
   * Where somebody was born.
   *
   * @param country ISO 3166-1 alpha-2
   * @param province code of a province
   * @param text as it was written down
   */
  @JsonInclude(Include.NON_NULL)
  public record Birthplace(
      @Nullable String country, @Nullable String province, @Nullable String text) {

    public Birthplace {
      texts("placeOfBirth", text);
      code("placeOfBirth", country);
      code("placeOfBirth", province);
      require(
          country != null || province != null || text != null,
          "placeOfBirth: names nothing to search by");
    }

    @Override
    public String toString() {
      return "Birthplace[hidden]";
    }
  }

  /**
   * Words of the parents' names, one parent at least.
   *
   * @param mother words of the mother's name
   * @param father words of the father's name
   */
  @JsonInclude(Include.NON_NULL)
  public record Parents(@Nullable String mother, @Nullable String father) {

    public Parents {
      texts("parents", mother, father);
      require(mother != null || father != null, "parents: names nobody to search by");
    }

    @Override
    public String toString() {
      return "Parents[hidden]";
    }
  }

  public Known {
    require(
        dateOfBirth == null || DATE.matcher(dateOfBirth).matches(),
        "dateOfBirth: 1990, 1990-05 or 1990-05-17");
    require(sex == null || SEXES.contains(sex), "sex: 0, 1, 2 or 9");
    code("placeOfBirthRegistration", placeOfBirthRegistration);
    code("permanentResidence", permanentResidence);
  }

  /** The fields that are asked by, in their order here. */
  public List<String> fields() {
    List<String> fields = new ArrayList<>();
    add(fields, "names", names);
    add(fields, "date_of_birth", dateOfBirth);
    add(fields, "sex", sex);
    add(fields, "place_of_birth_registration", placeOfBirthRegistration);
    add(fields, "permanent_residence", permanentResidence);
    add(fields, "place_of_birth", placeOfBirth);
    add(fields, "parents", parents);
    return fields;
  }

  /**
   * Whether a question of this kind can be asked by what is known.
   *
   * @throws IllegalArgumentException naming what is missing or not taken
   */
  public static void check(LookupKind kind, @Nullable Known known) {
    switch (kind) {
      case VERIFY, READ -> require(known == null, "known: is for match and search");
      case MATCH -> {
        require(
            known != null
                && known.names != null
                && known.names.given() != null
                && known.dateOfBirth != null,
            "known: names by their parts and dateOfBirth are needed to match");
        require(
            known.placeOfBirth == null && known.parents == null,
            "known: placeOfBirth and parents are for search");
      }
      case SEARCH -> {
        require(
            known != null && !known.fields().isEmpty(),
            "known: needed to search, one member or more");
        require(
            known.placeOfBirthRegistration == null, "known: placeOfBirthRegistration is for match");
      }
    }
  }

  private static void add(List<String> fields, String field, @Nullable Object value) {
    if (value != null) {
      fields.add(field);
    }
  }

  private static void texts(String member, @Nullable String... texts) {
    for (String text : texts) {
      require(
          text == null || (!text.isBlank() && text.length() <= LONGEST_TEXT),
          member + ": a text holds 1 to " + LONGEST_TEXT + " characters");
    }
  }

  private static void code(String member, @Nullable String code) {
    require(
        code == null || CODE.matcher(code).matches(),
        member + ": a code holds 1 to 32 letters, digits and hyphens");
  }

  private static void require(boolean condition, String fault) {
    if (!condition) {
      throw new IllegalArgumentException(fault);
    }
  }

  /** Hides what is known: a record's text ends up in logs. */
  @Override
  public String toString() {
    return "Known[hidden]";
  }
}
