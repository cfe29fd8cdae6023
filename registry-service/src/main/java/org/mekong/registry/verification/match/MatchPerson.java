package org.mekong.registry.verification.match;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.batch.Batch;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.NameText;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.RequesterBody;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Sex;
import org.mekong.registry.problem.Violations;

/**
 * The body of {@code POST /v1/matches}.
 *
 * @param fields names of fields that are wanted of the one who is meant; what is granted when left
 *     out
 */
public record MatchPerson(
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable Somebody person,
    @Nullable List<@Nullable String> fields,
    @Nullable RequesterBody requester) {

  /**
   * The body of {@code POST /v1/matches/batch}: one purpose, one requester, the same fields.
   *
   * @param items 1 to 100
   */
  public record Many(
      @Nullable String purpose,
      @Nullable String legalBasis,
      @Nullable List<@Nullable Item> items,
      @Nullable List<@Nullable String> fields,
      @Nullable RequesterBody requester) {}

  /**
   * One of many.
   *
   * @param id what the caller calls it, once in a request
   */
  public record Item(@Nullable String id, @Nullable Somebody person) implements Batch.Item {}

  /**
   * What is known of the person; name and date of birth have to be.
   *
   * @param dateOfBirth may be known in part
   * @param sex ISO/IEC 5218
   * @param placeOfBirthRegistration code of a province
   * @param province code of the province of permanent residence
   */
  public record Somebody(
      @Nullable Name name,
      @Schema(description = "1990, 1990-05 or 1990-05-17", examples = "1990-05-17")
          @Nullable String dateOfBirth,
      @Nullable Integer sex,
      @Nullable String placeOfBirthRegistration,
      @Nullable String province) {

    /**
     * Reads it.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that cannot be read
     */
    static Known read(@Nullable Somebody person, NationProfile profile) {
      Violations violations = new Violations();
      if (person == null) {
        violations.add("person", "required", "is missing");
        violations.refuse();
      }
      return new Reader(profile, violations).read(person);
    }
  }

  /** A name by its parts, in one script. */
  public record Name(@Nullable String family, @Nullable String middle, @Nullable String given) {}

  private record Reader(NationProfile profile, Violations violations) {

    Known read(Somebody person) {
      PersonName name = name(person.name);
      PartialDate birth =
          violations.need(
              "person.dateOfBirth",
              person.dateOfBirth,
              "date",
              "is no date of the calendar",
              PartialDate::parse);
      Sex sex =
          violations.read(
              "person.sex", person.sex, "known-code", "is no ISO 5218 code", Sex::ofCode);
      String registration =
          violations.read(
              "person.placeOfBirthRegistration",
              person.placeOfBirthRegistration,
              "known-code",
              "is no place of birth registration",
              code ->
                  profile.registrationPlaces().containsKey(code)
                      ? Optional.of(code)
                      : Optional.empty());
      String province =
          violations.read(
              "person.province",
              person.province,
              "known-code",
              "is no province of this nation",
              code -> profile.provinces().containsKey(code) ? Optional.of(code) : Optional.empty());
      violations.refuse();
      if (name == null || birth == null) {
        throw new IllegalStateException("A required member passed unread");
      }
      return new Known(name, birth, sex, registration, province);
    }

    private @Nullable PersonName name(@Nullable Name name) {
      if (name == null) {
        violations.add("person.name", "required", "is missing");
        return null;
      }
      NameScript script =
          NameText.inName(String.valueOf(name.given), NameScript.LAO).isEmpty()
              ? NameScript.LAO
              : NameScript.LATIN;
      String given = part("person.name.given", name.given, script);
      String middle = part("person.name.middle", name.middle, script);
      String family = part("person.name.family", name.family, script);
      if (name.given == null) {
        violations.add("person.name.given", "required", "is missing");
      }
      return given == null
          ? null
          : new PersonName(PersonName.Kind.OFFICIAL, script, family, middle, given);
    }

    private @Nullable String part(String field, @Nullable String text, NameScript script) {
      if (text == null) {
        return null;
      }
      Optional<NameText.Fault> fault = NameText.inName(text, script);
      if (fault.isPresent()) {
        violations.add(field, fault.get().rule(), fault.get().detail());
        return null;
      }
      if (NameKey.words(text).isEmpty()) {
        violations.add(field, "words", "holds no word");
        return null;
      }
      return NameText.canonical(text);
    }
  }
}
