package org.mekong.registry.person.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
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
    @Nullable Boolean withheld,
    @Schema(description = "Numbers of older identity cards", examples = "[\"012345678\"]")
        @Nullable List<@Nullable String> earlierNumbers) {

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
   * Reads the codes; nothing where a required member cannot be read.
   *
   * @param path what stands before the members' names, as in {@code child.}
   * @param birth the date of birth where the declaration leaves it out
   */
  public @Nullable Particulars read(
      String path, @Nullable PartialDate birth, DeclarationReader reader) {
    Violations violations = reader.violations();
    List<PersonName> readNames = reader.names(path + "names", names);
    PartialDate readBirth =
        dateOfBirth == null && birth != null ? birth : birthDate(path, reader, violations);
    Sex readSex =
        violations.need(path + "sex", sex, "known-code", "is no ISO 5218 code", Sex::ofCode);
    String registration =
        reader.needText(path + "placeOfBirthRegistration", placeOfBirthRegistration);
    MaritalStatus marital =
        violations.read(
            path + "maritalStatus",
            maritalStatus,
            "known-code",
            "is no status",
            MaritalStatus::ofCode);
    LifeStatus life =
        violations.read(
            path + "lifeStatus", lifeStatus, "known-code", "is no status", LifeStatus::ofCode);
    PartialDate death = reader.date(path + "dateOfDeath", dateOfDeath);
    List<Residence> dwellings = residences(path, reader);
    List<Relationship> relatives = relationships(path, reader);
    Household home = reader.home(path + "household", household);
    List<String> citizenships =
        nationalities == null
            ? List.of(reader.country())
            : reader.list(path + "nationalities", nationalities);
    if (readBirth == null || readSex == null || registration == null) {
      return null;
    }
    return new Particulars(
        readNames,
        readBirth,
        readSex,
        reader.place(placeOfBirth),
        registration,
        reader.place(hometown),
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

  /** The numbers of older identity cards. */
  public List<String> readEarlierNumbers(String path, DeclarationReader reader) {
    return reader.list(path + "earlierNumbers", earlierNumbers);
  }

  private @Nullable PartialDate birthDate(
      String path, DeclarationReader reader, Violations violations) {
    if (dateOfBirth == null) {
      violations.add(path + "dateOfBirth", "required", "is missing");
    }
    return reader.date(path + "dateOfBirth", dateOfBirth);
  }

  private List<Residence> residences(String path, DeclarationReader reader) {
    List<Residence> read = new ArrayList<>();
    List<Dwelling> given = reader.list(path + "residences", residences);
    for (int i = 0; i < given.size(); i++) {
      Dwelling dwelling = given.get(i);
      Residence.Kind kind =
          reader
              .violations()
              .need(
                  path + "residences[" + i + "].kind",
                  dwelling.kind,
                  "known-code",
                  "is no kind of residence",
                  Residence.Kind::ofCode);
      Place place = reader.place(new Location(dwelling.country, dwelling.province, dwelling.text));
      if (kind != null && place != null) {
        read.add(new Residence(kind, place));
      }
    }
    return read;
  }

  private List<Relationship> relationships(String path, DeclarationReader reader) {
    List<Relationship> read = new ArrayList<>();
    List<Relative> given = reader.list(path + "relationships", relationships);
    for (int i = 0; i < given.size(); i++) {
      Relative relative = given.get(i);
      String field = path + "relationships[" + i + "]";
      Relationship.Kind kind =
          reader
              .violations()
              .need(
                  field + ".kind",
                  relative.kind,
                  "known-code",
                  "is no kind of relationship",
                  Relationship.Kind::ofCode);
      if (kind != null) {
        UUID id = reader.key(field + ".personId", relative.personId);
        read.add(new Relationship(kind, id, DeclarationReader.canonical(relative.name)));
      }
    }
    return read;
  }
}
