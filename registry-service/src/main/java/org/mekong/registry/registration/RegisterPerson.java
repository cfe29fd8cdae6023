package org.mekong.registry.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.NameText;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * The body of {@code POST /v1/persons}. Codes come as text and are read here, so that every unknown
 * one is answered by its field and rule.
 */
public record RegisterPerson(
    @Nullable List<@Nullable Name> names,
    @Schema(description = "1990, 1990-05 or 1990-05-17", examples = "1990-05-17")
        @Nullable String dateOfBirth,
    @Schema(description = "ISO/IEC 5218", examples = "2") @Nullable Integer sex,
    @Nullable Location placeOfBirth,
    @Nullable String placeOfBirthRegistration,
    @Nullable Location hometown,
    @Nullable String ethnicity,
    @Nullable String religion,
    @Nullable List<@Nullable String> nationalities,
    @Nullable String bloodGroup,
    @Nullable String maritalStatus,
    @Nullable String lifeStatus,
    @Nullable String dateOfDeath,
    @Nullable List<@Nullable Dwelling> residences,
    @Nullable List<@Nullable Relative> relationships,
    @Nullable Home household,
    @Nullable Contact contact,
    @Nullable String photoReference,
    @Nullable Boolean withheld) {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A name; {@code kind} is {@code official} and {@code script} the nation's when left out. */
  public record Name(
      @Nullable String kind,
      @Nullable String script,
      @Nullable String family,
      @Nullable String middle,
      @Nullable String given) {}

  /** A place; {@code country} is this nation when left out. */
  public record Location(
      @Nullable String country, @Nullable String province, @Nullable String text) {}

  /** A residence. */
  public record Dwelling(
      @Nullable String kind,
      @Nullable String country,
      @Nullable String province,
      @Nullable String text) {}

  /** A relative: in the register by {@code personId}, outside of it by {@code name}. */
  public record Relative(@Nullable String kind, @Nullable String personId, @Nullable String name) {}

  /** A household. */
  public record Home(@Nullable String id, @Nullable String relationToHead) {}

  /**
   * Reads the codes.
   *
   * @param country code of this nation
   * @param script ISO 15924 code of its official names
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that cannot be read
   */
  Particulars read(String country, String script) {
    Violations violations = new Violations();
    List<PersonName> readNames = new ArrayList<>();
    List<@Nullable Name> givenNames = names == null ? List.of() : names;
    for (int i = 0; i < givenNames.size(); i++) {
      PersonName name = name("names[" + i + "]", givenNames.get(i), script, violations);
      if (name != null) {
        readNames.add(name);
      }
    }
    if (givenNames.isEmpty()) {
      violations.add("names", "required", "is missing");
    }
    PartialDate birth =
        violations.need(
            "dateOfBirth", dateOfBirth, "date", "is no date of the calendar", PartialDate::parse);
    Sex readSex = violations.need("sex", sex, "known-code", "is no ISO 5218 code", Sex::ofCode);
    String registration =
        violations.need("placeOfBirthRegistration", placeOfBirthRegistration, "", "", Optional::of);
    MaritalStatus marital =
        violations.read(
            "maritalStatus", maritalStatus, "known-code", "is no status", MaritalStatus::ofCode);
    LifeStatus life =
        violations.read("lifeStatus", lifeStatus, "known-code", "is no status", LifeStatus::ofCode);
    PartialDate death =
        violations.read(
            "dateOfDeath", dateOfDeath, "date", "is no date of the calendar", PartialDate::parse);
    List<Residence> dwellings = residences(country, violations);
    List<Relationship> relatives = relationships(violations);
    Household home = home(violations);
    List<String> citizenships = nationalities(country, violations);
    violations.refuse();
    if (birth == null || readSex == null || registration == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Particulars(
        readNames,
        birth,
        readSex,
        place(placeOfBirth, country),
        registration,
        place(hometown, country),
        ethnicity,
        religion,
        citizenships,
        bloodGroup,
        marital == null ? MaritalStatus.UNKNOWN : marital,
        life == null ? LifeStatus.ALIVE : life,
        death,
        dwellings,
        relatives,
        home,
        contact,
        photoReference,
        Boolean.TRUE.equals(withheld));
  }

  private static @Nullable PersonName name(
      String path, @Nullable Name name, String nationScript, Violations violations) {
    if (name == null) {
      violations.add(path, "required", "is null");
      return null;
    }
    String kindCode = name.kind == null ? "official" : name.kind;
    String scriptCode = name.script == null ? nationScript : name.script;
    PersonName.Kind kind =
        violations.need(
            path + ".kind", kindCode, "known-code", "is no kind of name", PersonName.Kind::ofCode);
    NameScript script =
        violations.need(
            path + ".script", scriptCode, "known-code", "is no script", NameScript::ofCode);
    String given = violations.need(path + ".given", name.given, "", "", Optional::of);
    if (kind == null || script == null || given == null) {
      return null;
    }
    return new PersonName(
        kind, script, canonical(name.family), canonical(name.middle), NameText.canonical(given));
  }

  private List<Residence> residences(String country, Violations violations) {
    List<Residence> read = new ArrayList<>();
    List<@Nullable Dwelling> given = residences == null ? List.of() : residences;
    for (int i = 0; i < given.size(); i++) {
      Dwelling dwelling = given.get(i);
      Residence.Kind kind =
          violations.need(
              "residences[" + i + "].kind",
              dwelling == null ? null : dwelling.kind,
              "known-code",
              "is no kind of residence",
              Residence.Kind::ofCode);
      if (dwelling != null && kind != null) {
        Location where = new Location(dwelling.country, dwelling.province, dwelling.text);
        Place place = place(where, country);
        if (place != null) {
          read.add(new Residence(kind, place));
        }
      }
    }
    return read;
  }

  private List<Relationship> relationships(Violations violations) {
    List<Relationship> read = new ArrayList<>();
    List<@Nullable Relative> given = relationships == null ? List.of() : relationships;
    for (int i = 0; i < given.size(); i++) {
      Relative relative = given.get(i);
      String path = "relationships[" + i + "]";
      Relationship.Kind kind =
          violations.need(
              path + ".kind",
              relative == null ? null : relative.kind,
              "known-code",
              "is no kind of relationship",
              Relationship.Kind::ofCode);
      if (relative != null && kind != null) {
        UUID id = uuid(path + ".personId", relative.personId, violations);
        read.add(new Relationship(kind, id, canonical(relative.name)));
      }
    }
    return read;
  }

  private @Nullable Household home(Violations violations) {
    if (household == null) {
      return null;
    }
    if (household.id == null) {
      violations.add("household.id", "required", "is missing");
    }
    UUID id = uuid("household.id", household.id, violations);
    String relation = household.relationToHead;
    if (relation == null) {
      violations.add("household.relationToHead", "required", "is missing");
    }
    return id == null || relation == null ? null : new Household(id, relation);
  }

  private List<String> nationalities(String country, Violations violations) {
    if (nationalities == null) {
      return List.of(country);
    }
    List<String> read = new ArrayList<>();
    for (int i = 0; i < nationalities.size(); i++) {
      String code = nationalities.get(i);
      if (code == null || i >= 10) {
        violations.add("nationalities[" + i + "]", "required", "is null or beyond the tenth");
        return List.of();
      }
      read.add(code);
    }
    return read;
  }

  private static @Nullable UUID uuid(String path, @Nullable String text, Violations violations) {
    return violations.read(
        path,
        text,
        "uuid",
        "is no UUID in lower case",
        value ->
            UUID_TEXT.matcher(value).matches()
                ? Optional.of(UUID.fromString(value))
                : Optional.empty());
  }

  private static @Nullable Place place(@Nullable Location location, String country) {
    if (location == null) {
      return null;
    }
    return new Place(
        location.country == null ? country : location.country,
        location.province,
        canonical(location.text));
  }

  private static @Nullable String canonical(@Nullable String text) {
    return text == null ? null : NameText.canonical(text);
  }
}
