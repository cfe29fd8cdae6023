package org.mekong.registry.person;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.residence.Place;
import org.mekong.registry.vitalevent.PartialDate;

/**
 * The tables that a person is kept in, with the one mapping from person to rows that both a single
 * insert and a bulk load use. A value is a {@link String}, {@code String[]}, {@link Integer},
 * {@link Boolean}, {@link UUID}, {@link OffsetDateTime} or null.
 */
public enum PersonTable {
  PERSON(
      "person",
      "person_id, personal_number, earlier_numbers, birth_year, birth_month, birth_day, sex,"
          + " birth_country, birth_province, birth_text, place_of_birth_registration,"
          + " hometown_country, hometown_province, hometown_text, ethnicity, religion,"
          + " nationalities, blood_group, marital_status, life_status, death_year, death_month,"
          + " death_day, household_id, relation_to_head, phone, email, photo_reference, withheld,"
          + " registered_at",
      (person, at) -> Collections.singletonList(personRow(person, at))),
  NAME(
      "person_name",
      "person_id, seq, kind, script, family, middle, given, name_key",
      (person, at) -> nameRows(person)),
  RESIDENCE(
      "residence",
      "person_id, kind, country, province, text",
      (person, at) ->
          person.particulars().residences().stream()
              .map(
                  residence ->
                      row(
                          person.id(),
                          residence.kind().code(),
                          residence.place().country(),
                          residence.place().province(),
                          residence.place().text()))
              .toList()),
  RELATIONSHIP(
      "relationship",
      "person_id, relationship_id, kind, relative_id, relative_name",
      (person, at) -> relationshipRows(person));

  private final String table;
  private final String columns;
  private final BiFunction<Person, Long, List<Object[]>> rows;

  PersonTable(String table, String columns, BiFunction<Person, Long, List<Object[]>> rows) {
    this.table = table;
    this.columns = columns;
    this.rows = rows;
  }

  /** A parameterised insert of one row. */
  String insert() {
    String marks = columns.replaceAll("[a-z_]+", "?");
    return "insert into " + table + " (" + columns + ") values (" + marks + ")";
  }

  /** A COPY of rows in text format. */
  public String copy() {
    return "copy " + table + " (" + columns + ") from stdin";
  }

  /** The rows of a person, registered at an instant in milliseconds of the epoch. */
  public List<Object[]> rows(Person person, long registeredAt) {
    return rows.apply(person, registeredAt);
  }

  private static Object[] personRow(Person person, long registeredAt) {
    Particulars of = person.particulars();
    PartialDate death = of.dateOfDeath();
    Household household = of.household();
    Contact contact = of.contact();
    return row(
        person.id(),
        person.personalNumber(),
        person.earlierNumbers().toArray(String[]::new),
        of.dateOfBirth().year(),
        of.dateOfBirth().month(),
        of.dateOfBirth().day(),
        of.sex().code(),
        country(of.placeOfBirth()),
        province(of.placeOfBirth()),
        text(of.placeOfBirth()),
        of.placeOfBirthRegistration(),
        country(of.hometown()),
        province(of.hometown()),
        text(of.hometown()),
        of.ethnicity(),
        of.religion(),
        of.nationalities().toArray(String[]::new),
        of.bloodGroup(),
        of.maritalStatus().code(),
        of.lifeStatus().code(),
        death == null ? null : death.year(),
        death == null ? null : death.month(),
        death == null ? null : death.day(),
        household == null ? null : household.id(),
        household == null ? null : household.relationToHead(),
        contact == null ? null : contact.phone(),
        contact == null ? null : contact.email(),
        of.photoReference(),
        of.withheld(),
        OffsetDateTime.ofInstant(Instant.ofEpochMilli(registeredAt), ZoneOffset.UTC));
  }

  private static List<Object[]> nameRows(Person person) {
    List<PersonName> names = person.particulars().names();
    return IntStream.range(0, names.size())
        .mapToObj(
            seq -> {
              PersonName name = names.get(seq);
              return row(
                  person.id(),
                  seq,
                  name.kind().code(),
                  name.script().code(),
                  name.family(),
                  name.middle(),
                  name.given(),
                  NameKey.of(name.full(true)));
            })
        .toList();
  }

  /** A key of its own for each row, derived so that a repeated load makes the same rows. */
  private static List<Object[]> relationshipRows(Person person) {
    var relationships = person.particulars().relationships();
    return IntStream.range(0, relationships.size())
        .mapToObj(
            seq -> {
              var relationship = relationships.get(seq);
              UUID id =
                  new UUID(
                      person.id().getMostSignificantBits(),
                      person.id().getLeastSignificantBits() ^ (seq + 1L));
              return row(
                  person.id(),
                  id,
                  relationship.kind().code(),
                  relationship.personId(),
                  relationship.name());
            })
        .toList();
  }

  private static Object[] row(@Nullable Object... values) {
    return values;
  }

  private static @Nullable String country(@Nullable Place place) {
    return place == null ? null : place.country();
  }

  private static @Nullable String province(@Nullable Place place) {
    return place == null ? null : place.province();
  }

  private static @Nullable String text(@Nullable Place place) {
    return place == null ? null : place.text();
  }
}
