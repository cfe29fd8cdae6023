package org.mekong.registry.person;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.LifeStatus;
import org.mekong.registry.vitalevent.MaritalStatus;
import org.mekong.registry.vitalevent.PartialDate;

/**
 * One projection of a whole person in one statement and one snapshot: the person's row, with the
 * rows that hang on it as arrays of text.
 */
final class PersonRow {

  /** Ends before the condition; {@code p} is the person. */
  static final String SELECT =
      """
      select p.*,
        (select array_agg(array[kind, script, coalesce(family, ''), coalesce(middle, ''), given]
           order by seq) from person_name n where n.person_id = p.person_id) as names,
        (select array_agg(array[kind, country, coalesce(province, ''), coalesce(text, '')]
           order by kind) from residence r where r.person_id = p.person_id) as residences,
        (select array_agg(array[kind, coalesce(relative_id::text, ''), coalesce(relative_name, '')]
           order by relationship_id) from relationship s where s.person_id = p.person_id) as relatives
      """;

  private PersonRow() {}

  static Person read(ResultSet row) throws SQLException {
    return new Person(
        row.getObject("person_id", UUID.class),
        row.getString("personal_number"),
        texts(row, "earlier_numbers"),
        particulars(row));
  }

  private static Particulars particulars(ResultSet row) throws SQLException {
    return new Particulars(
        names(row),
        new PartialDate(
            row.getInt("birth_year"), number(row, "birth_month"), number(row, "birth_day")),
        coded(Sex.ofCode(row.getInt("sex")), "sex"),
        place(row, "birth"),
        row.getString("place_of_birth_registration"),
        place(row, "hometown"),
        row.getString("ethnicity"),
        row.getString("religion"),
        texts(row, "nationalities"),
        row.getString("blood_group"),
        coded(MaritalStatus.ofCode(row.getString("marital_status")), "marital_status"),
        coded(LifeStatus.ofCode(row.getString("life_status")), "life_status"),
        death(row),
        residences(row),
        relationships(row),
        household(row),
        contact(row),
        row.getString("photo_reference"),
        row.getBoolean("withheld"));
  }

  private static List<PersonName> names(ResultSet row) throws SQLException {
    List<PersonName> names = new ArrayList<>();
    for (String[] name : table(row, "names")) {
      names.add(
          new PersonName(
              coded(PersonName.Kind.ofCode(name[0]), "name.kind"),
              coded(NameScript.ofCode(name[1]), "name.script"),
              orNull(name[2]),
              orNull(name[3]),
              name[4]));
    }
    return names;
  }

  private static List<Residence> residences(ResultSet row) throws SQLException {
    List<Residence> residences = new ArrayList<>();
    for (String[] residence : table(row, "residences")) {
      residences.add(
          new Residence(
              coded(Residence.Kind.ofCode(residence[0]), "residence.kind"),
              new Place(residence[1], orNull(residence[2]), orNull(residence[3]))));
    }
    return residences;
  }

  private static List<Relationship> relationships(ResultSet row) throws SQLException {
    List<Relationship> relationships = new ArrayList<>();
    for (String[] relative : table(row, "relatives")) {
      relationships.add(
          new Relationship(
              coded(Relationship.Kind.ofCode(relative[0]), "relationship.kind"),
              relative[1].isEmpty() ? null : UUID.fromString(relative[1]),
              orNull(relative[2])));
    }
    return relationships;
  }

  private static @Nullable PartialDate death(ResultSet row) throws SQLException {
    Integer year = number(row, "death_year");
    return year == null
        ? null
        : new PartialDate(year, number(row, "death_month"), number(row, "death_day"));
  }

  private static @Nullable Household household(ResultSet row) throws SQLException {
    UUID id = row.getObject("household_id", UUID.class);
    return id == null ? null : new Household(id, row.getString("relation_to_head"));
  }

  private static @Nullable Contact contact(ResultSet row) throws SQLException {
    String phone = row.getString("phone");
    String email = row.getString("email");
    return phone == null && email == null ? null : new Contact(phone, email);
  }

  private static @Nullable Place place(ResultSet row, String prefix) throws SQLException {
    String country = row.getString(prefix + "_country");
    return country == null
        ? null
        : new Place(country, row.getString(prefix + "_province"), row.getString(prefix + "_text"));
  }

  private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? null : number;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static String[][] table(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? new String[0][] : (String[][]) array.getArray();
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static <T> T coded(java.util.Optional<T> read, String column) {
    return read.orElseThrow(
        () -> new IllegalStateException("The register holds an unknown code in " + column));
  }
}
