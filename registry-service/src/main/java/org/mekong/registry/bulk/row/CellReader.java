package org.mekong.registry.bulk.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.problem.Violation;

/**
 * Puts the cells of one row together to a declaration, and remembers which cell each member came
 * from. An empty cell says nothing. Not thread-safe.
 */
final class CellReader {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}");

  private final Map<Column, String> cells = new EnumMap<>(Column.class);
  private final Map<String, String> fields = new HashMap<>();
  private final List<SourceRow.Kin> kin = new ArrayList<>();
  private final List<Violation> faults = new ArrayList<>();
  private final String caller;

  private CellReader(Header header, List<String> values, String caller) {
    this.caller = caller;
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (!value.isEmpty()) {
        cells.put(header.columns().get(i), value);
      }
    }
  }

  static SourceRow read(long number, Header header, List<String> values, String caller) {
    CellReader of = new CellReader(header, values, caller);
    RegisterPerson declaration = of.declaration();
    return new SourceRow.Readable(
        number,
        declaration,
        of.reference(Column.REF),
        of.cells.get(Column.PERSONAL_NUMBER),
        of.kin,
        of::field,
        of.faults);
  }

  /** The cell that a member came from; the member where there is none. */
  private String field(String path) {
    String field = fields.get(path);
    if (field != null) {
      return field;
    }
    int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return end > 0 && path.charAt(end) == '['
        ? fields.getOrDefault(path.substring(0, end), path)
        : path;
  }

  private RegisterPerson declaration() {
    return new RegisterPerson(
        names(),
        cell(Column.DATE_OF_BIRTH, "dateOfBirth"),
        sex(),
        location(
            "placeOfBirth",
            Column.PLACE_OF_BIRTH_COUNTRY,
            Column.PLACE_OF_BIRTH_PROVINCE,
            Column.PLACE_OF_BIRTH),
        cell(Column.PLACE_OF_BIRTH_REGISTRATION, "placeOfBirthRegistration"),
        location("hometown", Column.HOMETOWN_COUNTRY, Column.HOMETOWN_PROVINCE, Column.HOMETOWN),
        cell(Column.ETHNICITY, "ethnicity"),
        cell(Column.RELIGION, "religion"),
        list(Column.NATIONALITIES, "nationalities"),
        cell(Column.BLOOD_GROUP, "bloodGroup"),
        cell(Column.MARITAL_STATUS, "maritalStatus"),
        cell(Column.LIFE_STATUS, "lifeStatus"),
        cell(Column.DATE_OF_DEATH, "dateOfDeath"),
        residences(),
        relatives(),
        household(),
        contact(),
        cell(Column.PHOTO_REFERENCE, "photoReference"),
        withheld(),
        list(Column.EARLIER_NUMBERS, "earlierNumbers"));
  }

  private @Nullable String cell(Column column, String path) {
    fields.put(path, column.code());
    return cells.get(column);
  }

  private @Nullable List<@Nullable String> list(Column column, String path) {
    String value = cell(column, path);
    return value == null ? null : Arrays.stream(value.split(";", -1)).map(String::strip).toList();
  }

  private List<RegisterPerson.@Nullable Name> names() {
    List<RegisterPerson.@Nullable Name> names = new ArrayList<>();
    name(names, null, null, Column.FAMILY_NAME, Column.MIDDLE_NAME, Column.GIVEN_NAME);
    if (has(Column.LATIN_FAMILY_NAME, Column.LATIN_MIDDLE_NAME, Column.LATIN_GIVEN_NAME)) {
      name(
          names,
          null,
          "Latn",
          Column.LATIN_FAMILY_NAME,
          Column.LATIN_MIDDLE_NAME,
          Column.LATIN_GIVEN_NAME);
    }
    if (has(Column.ALIAS)) {
      fields.put("names[" + names.size() + "].given", Column.ALIAS.code());
      names.add(new RegisterPerson.Name("alias", null, null, null, cells.get(Column.ALIAS)));
    }
    return names;
  }

  private void name(
      List<RegisterPerson.@Nullable Name> names,
      @Nullable String kind,
      @Nullable String script,
      Column family,
      Column middle,
      Column given) {
    String path = "names[" + names.size() + "]";
    fields.put(path, given.code());
    names.add(
        new RegisterPerson.Name(
            kind,
            script,
            cell(family, path + ".family"),
            cell(middle, path + ".middle"),
            cell(given, path + ".given")));
  }

  private boolean has(Column... any) {
    return Arrays.stream(any).anyMatch(cells::containsKey);
  }

  private @Nullable Integer sex() {
    String code = cell(Column.SEX, "sex");
    if (code == null || code.length() == 1 && code.charAt(0) >= '0' && code.charAt(0) <= '9') {
      return code == null ? null : code.charAt(0) - '0';
    }
    return -1; // no code: refused with all other rules of the declaration
  }

  private @Nullable Boolean withheld() {
    String value = cell(Column.WITHHELD, "withheld");
    if (value != null && !value.equals("true") && !value.equals("false")) {
      faults.add(new Violation(Column.WITHHELD.code(), "type", "is neither true nor false"));
    }
    return value == null ? null : value.equals("true");
  }

  private RegisterPerson.@Nullable Location location(
      String path, Column country, Column province, Column text) {
    return has(country, province, text)
        ? new RegisterPerson.Location(
            cell(country, path + ".country"),
            cell(province, path + ".province"),
            cell(text, path + ".text"))
        : null;
  }

  private List<RegisterPerson.@Nullable Dwelling> residences() {
    List<RegisterPerson.@Nullable Dwelling> residences = new ArrayList<>();
    residence(
        residences,
        "permanent",
        Column.PERMANENT_COUNTRY,
        Column.PERMANENT_PROVINCE,
        Column.PERMANENT_ADDRESS);
    residence(
        residences,
        "temporary",
        Column.TEMPORARY_COUNTRY,
        Column.TEMPORARY_PROVINCE,
        Column.TEMPORARY_ADDRESS);
    residence(
        residences,
        "current_abode",
        Column.ABODE_COUNTRY,
        Column.ABODE_PROVINCE,
        Column.ABODE_ADDRESS);
    return residences;
  }

  private void residence(
      List<RegisterPerson.@Nullable Dwelling> residences,
      String kind,
      Column country,
      Column province,
      Column text) {
    RegisterPerson.Location at =
        location("residences[" + residences.size() + "]", country, province, text);
    if (at != null) {
      residences.add(new RegisterPerson.Dwelling(kind, at.country(), at.province(), at.text()));
    }
  }

  private List<RegisterPerson.@Nullable Relative> relatives() {
    List<RegisterPerson.@Nullable Relative> relatives = new ArrayList<>();
    parent(relatives, "father", Column.FATHER_REF, Column.FATHER_NUMBER, Column.FATHER_NAME);
    parent(relatives, "mother", Column.MOTHER_REF, Column.MOTHER_NUMBER, Column.MOTHER_NAME);
    named(relatives, "spouse", Column.SPOUSE_NAME);
    named(relatives, "legal_representative", Column.LEGAL_REPRESENTATIVE_NAME);
    return relatives;
  }

  private void parent(
      List<RegisterPerson.@Nullable Relative> relatives,
      String kind,
      Column reference,
      Column number,
      Column name) {
    List<Column> given = new ArrayList<>(List.of(reference, number, name));
    given.removeIf(column -> !cells.containsKey(column));
    if (given.size() > 1) {
      faults.add(
          new Violation(
              given.getLast().code(), "one-of", "is given beside " + given.getFirst().code()));
    } else if (given.contains(name)) {
      named(relatives, kind, name);
    } else if (!given.isEmpty()) {
      Column column = given.getFirst();
      int index = relatives.size();
      fields.put("relationships[" + index + "]", column.code());
      fields.put("relationships[" + index + "].personId", column.code());
      fields.put("relationships[" + index + "].kind", column.code());
      String value = column == reference ? reference(column) : cells.get(column);
      if (value != null) {
        kin.add(new SourceRow.Kin(index, column.code(), column == number, value));
        relatives.add(new RegisterPerson.Relative(kind, null, null));
      }
    }
  }

  private void named(
      List<RegisterPerson.@Nullable Relative> relatives, String kind, Column column) {
    String name = cells.get(column);
    if (name != null) {
      String path = "relationships[" + relatives.size() + "]";
      fields.put(path, column.code());
      fields.put(path + ".name", column.code());
      fields.put(path + ".kind", column.code());
      relatives.add(new RegisterPerson.Relative(kind, null, name));
    }
  }

  private @Nullable String reference(Column column) {
    String value = cells.get(column);
    if (value != null && !REFERENCE.matcher(value).matches()) {
      faults.add(new Violation(column.code(), "reference", "is no reference of at most 64 signs"));
      return null;
    }
    return value;
  }

  private RegisterPerson.@Nullable Home household() {
    if (!has(Column.HOUSEHOLD, Column.RELATION_TO_HEAD)) {
      return null;
    }
    fields.put("household", Column.HOUSEHOLD.code());
    fields.put("household.id", Column.HOUSEHOLD.code());
    String household = reference(Column.HOUSEHOLD);
    return new RegisterPerson.Home(
        household == null || UUID_TEXT.matcher(household).matches()
            ? household
            : householdOf(caller, household).toString(),
        cell(Column.RELATION_TO_HEAD, "household.relationToHead"));
  }

  /** The household that a caller's files call by a word: UUID version 8 of both. */
  static UUID householdOf(String caller, String word) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((caller + "\n" + word).getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      long high = bytes.getLong() & 0xFFFFFFFFFFFF0FFFL | 0x8000L;
      long low = bytes.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private @Nullable Contact contact() {
    return has(Column.PHONE, Column.EMAIL)
        ? new Contact(cell(Column.PHONE, "contact.phone"), cell(Column.EMAIL, "contact.email"))
        : null;
  }
}
