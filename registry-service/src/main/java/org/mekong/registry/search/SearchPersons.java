package org.mekong.registry.search;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.RequesterBody;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Sex;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.residence.Residence;

/**
 * The body of {@code POST /v1/persons/search}.
 *
 * @param fields names of fields that are wanted of each person; what is granted when left out
 * @param cursor {@code next} of the page before
 * @param limit most persons of a page
 */
public record SearchPersons(
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable Known criteria,
    @Nullable List<@Nullable String> fields,
    @Nullable String cursor,
    @Schema(description = "1 to 100", defaultValue = "20", examples = "20") @Nullable Integer limit,
    @Nullable RequesterBody requester) {

  private static final int USUAL = 20;
  private static final int MOST = 100;

  /**
   * What is known of the person; at least one member.
   *
   * @param name any words of the name, in any order, script and spelling
   * @param partialName whether the words of the name may be cut short
   * @param yearTolerance years by which the date of birth may be off
   * @param sex ISO/IEC 5218
   * @param mother words of the mother's name
   * @param father words of the father's name
   */
  public record Known(
      @Nullable String personalNumber,
      @Schema(examples = "nguyen van nam") @Nullable String name,
      @Nullable Boolean partialName,
      @Schema(description = "1990, 1990-05 or 1990-05-17", examples = "1990")
          @Nullable String dateOfBirth,
      @Schema(description = "0 to 10", defaultValue = "0") @Nullable Integer yearTolerance,
      @Nullable Integer sex,
      @Nullable Dwelling residence,
      @Nullable String mother,
      @Nullable String father,
      @Nullable Birthplace placeOfBirth,
      @Nullable String householdId) {}

  /**
   * Where the person lives.
   *
   * @param kind {@code permanent} when left out
   */
  public record Dwelling(@Nullable String kind, @Nullable String province) {}

  /** Where the person was born. */
  public record Birthplace(
      @Nullable String country, @Nullable String province, @Nullable String text) {}

  /** The most persons of a page. */
  int most() {
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw Problem.invalid("limit", "range", "is no number from 1 to " + MOST);
    }
    return limit == null ? USUAL : limit;
  }

  /** What one page has in common with the next: all but the place in the list. */
  SearchPersons query() {
    return new SearchPersons(purpose, null, criteria, fields, null, null, null);
  }

  /**
   * Reads the criteria.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that cannot be read
   */
  Criteria read(NationProfile profile) {
    Violations violations = new Violations();
    if (criteria == null) {
      violations.add("criteria", "required", "is missing");
      violations.refuse();
    }
    Criteria read = new Reader(profile, violations).read(criteria);
    if (violations.isEmpty() && read.isEmpty()) {
      violations.add("criteria", "required", "names nothing to search by");
    }
    violations.refuse();
    return read;
  }

  private record Reader(NationProfile profile, Violations violations) {

    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z-]{1,32}");
    private static final Pattern UUID_TEXT =
        Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int MOST_WORDS = 8;
    private static final int WIDEST = 10;

    Criteria read(Known known) {
      return new Criteria(
          violations.read(
              "criteria.personalNumber",
              known.personalNumber,
              "number",
              "is no number of 1 to 32 digits, letters and -",
              text -> NUMBER.matcher(text).matches() ? Optional.of(text) : Optional.empty()),
          name("criteria.name", known.name, Boolean.TRUE.equals(known.partialName)),
          birth(known),
          violations.read(
              "criteria.sex", known.sex, "known-code", "is no ISO 5218 code", Sex::ofCode),
          residence(known.residence),
          name("criteria.mother", known.mother, false),
          name("criteria.father", known.father, false),
          birthplace(known.placeOfBirth),
          violations.read(
              "criteria.householdId",
              known.householdId,
              "uuid",
              "is no UUID in lower case",
              text ->
                  UUID_TEXT.matcher(text).matches()
                      ? Optional.of(UUID.fromString(text))
                      : Optional.empty()));
    }

    private @Nullable NameQuery name(String field, @Nullable String text, boolean partial) {
      if (text == null) {
        return null;
      }
      Optional<NameText.Fault> fault = NameText.inQuery(text);
      if (fault.isPresent()) {
        violations.add(field, fault.get().rule(), fault.get().detail());
        return null;
      }
      NameQuery name = NameQuery.of(text, partial);
      if (name.size() < 1 || name.size() > MOST_WORDS) {
        violations.add(field, "words", "holds no word, or more than " + MOST_WORDS);
        return null;
      }
      return name;
    }

    private @Nullable BirthQuery birth(Known known) {
      PartialDate date =
          violations.read(
              "criteria.dateOfBirth",
              known.dateOfBirth,
              "date",
              "is no date of the calendar",
              PartialDate::parse);
      Integer tolerance = known.yearTolerance;
      if (tolerance != null && (tolerance < 0 || tolerance > WIDEST)) {
        violations.add("criteria.yearTolerance", "range", "is no number from 0 to " + WIDEST);
      } else if (tolerance != null && known.dateOfBirth == null) {
        violations.add("criteria.yearTolerance", "with-date", "stands without a dateOfBirth");
      }
      return date == null ? null : new BirthQuery(date, tolerance == null ? 0 : tolerance);
    }

    private Criteria.@Nullable Dwelling residence(@Nullable Dwelling dwelling) {
      if (dwelling == null) {
        return null;
      }
      String code = dwelling.kind == null ? Residence.Kind.PERMANENT.code() : dwelling.kind;
      Residence.Kind kind =
          violations.need(
              "criteria.residence.kind",
              code,
              "known-code",
              "is no kind of residence that is searched by",
              text ->
                  Residence.Kind.ofCode(text)
                      .filter(known -> known != Residence.Kind.TEMPORARY_ABSENCE));
      String province =
          violations.need(
              "criteria.residence.province",
              dwelling.province,
              "known-code",
              "is no province of this nation",
              this::province);
      return kind == null || province == null ? null : new Criteria.Dwelling(kind, province);
    }

    private Criteria.@Nullable Birthplace birthplace(@Nullable Birthplace place) {
      if (place == null) {
        return null;
      }
      if (place.country == null && place.province == null && place.text == null) {
        violations.add("criteria.placeOfBirth", "required", "names nothing to search by");
      }
      return new Criteria.Birthplace(
          violations.read(
              "criteria.placeOfBirth.country",
              place.country,
              "known-code",
              "is no ISO 3166-1 alpha-2 code",
              text -> NationProfile.isCountry(text) ? Optional.of(text) : Optional.empty()),
          violations.read(
              "criteria.placeOfBirth.province",
              place.province,
              "known-code",
              "is no province of this nation",
              this::province),
          name("criteria.placeOfBirth.text", place.text, false));
    }

    private Optional<String> province(String code) {
      return profile.provinces().containsKey(code) ? Optional.of(code) : Optional.empty();
    }
  }
}
