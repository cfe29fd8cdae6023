package org.mekong.registry.matching.compare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.DataFile;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * Families of made people: siblings, some of them twins, who share parents, residence and phone,
 * with names at the nation's own frequencies. The hard cases of matching are in here by nature.
 */
final class SyntheticPeople {

  private static final double TWINS = 0.03;

  private final Random random;
  private final NationProfile profile;
  private final List<String> registrationPlaces;
  private final List<String> provinces;
  private final List<Map<String, String>> vietnameseFamilies =
      DataFile.rows("data/vn_family_names.csv");
  private final List<Map<String, String>> vietnameseParts =
      DataFile.rows("data/vn_given_names.csv");
  private final List<Map<String, String>> lao = DataFile.rows("data/lao_names.csv");

  SyntheticPeople(Nation nation, long seed) {
    random = new Random(seed);
    profile = NationProfile.of(nation);
    registrationPlaces = profile.registrationPlaces().keySet().stream().sorted().toList();
    provinces = profile.provinces().keySet().stream().sorted().toList();
  }

  Random random() {
    return random;
  }

  String anyProvince() {
    return pick(provinces);
  }

  boolean isLao() {
    return profile.nation() == Nation.LA;
  }

  /** Persons in families of one to four siblings. */
  List<Person> persons(int count) {
    List<Person> persons = new ArrayList<>();
    while (persons.size() < count) {
      family(persons);
    }
    return persons.subList(0, count);
  }

  private void family(List<Person> into) {
    String family = family();
    UUID mother = uuid();
    UUID father = uuid();
    String fatherName = names(family, true).getLast().full(true);
    boolean inRegister = random.nextDouble() < 0.5;
    boolean byName = random.nextDouble() < 0.6;
    String registration = pick(registrationPlaces);
    Place home = new Place(profile.nation().name(), anyProvince(), commune());
    String phone = random.nextDouble() < 0.5 ? phone() : null;
    LocalDate birth = LocalDate.of(1950, 1, 1).plusDays(random.nextInt(365 * 74));
    Set<String> taken = new HashSet<>();
    int siblings = 1 + random.nextInt(4);
    for (int i = 0; i < siblings; i++) {
      boolean male = random.nextBoolean();
      List<Relationship> parents = new ArrayList<>();
      if (inRegister) {
        parents.add(new Relationship(Relationship.Kind.MOTHER, mother, null));
        parents.add(new Relationship(Relationship.Kind.FATHER, father, null));
      } else if (byName) {
        parents.add(new Relationship(Relationship.Kind.FATHER, null, fatherName));
      }
      into.add(
          new Person(
              uuid(),
              null,
              List.of(),
              new Particulars(
                  otherThan(taken, family, male),
                  PartialDate.of(birth),
                  male ? Sex.MALE : Sex.FEMALE,
                  null,
                  registration,
                  null,
                  null,
                  null,
                  List.of(profile.nation().name()),
                  null,
                  MaritalStatus.UNKNOWN,
                  LifeStatus.ALIVE,
                  null,
                  List.of(new Residence(Residence.Kind.PERMANENT, home)),
                  parents,
                  null,
                  phone == null ? null : new Contact(phone, null),
                  null,
                  false),
              null));
      if (random.nextDouble() >= TWINS) {
        birth = birth.plusDays(400 + random.nextInt(1500));
      }
    }
  }

  /** No two siblings bear the same name, though two may share the given name and two may rhyme. */
  private List<PersonName> otherThan(Set<String> taken, String family, boolean male) {
    List<PersonName> names = names(family, male);
    while (!taken.add(names.getLast().full(true))) {
      names = names(family, male);
    }
    return names;
  }

  /** Lao people bear their names in both scripts. */
  private List<PersonName> names(String family, boolean male) {
    String sex = male ? "M" : "F";
    if (!isLao()) {
      return List.of(
          new PersonName(
              PersonName.Kind.OFFICIAL,
              NameScript.LATIN,
              family,
              part("middle", sex),
              part("given", sex)));
    }
    List<Map<String, String>> given =
        lao.stream()
            .filter(row -> row.get("kind").equals("given") && row.get("sex").equals(sex))
            .toList();
    Map<String, String> own = pick(given);
    Map<String, String> borne =
        lao.stream()
            .filter(row -> row.get("kind").equals("family") && row.get("latin").equals(family))
            .findFirst()
            .orElse(null);
    return List.of(
        lao(NameScript.LAO, borne == null ? null : borne.get("lao"), own.get("lao")),
        lao(NameScript.LATIN, borne == null ? null : borne.get("latin"), own.get("latin")));
  }

  private static PersonName lao(NameScript script, @Nullable String family, String given) {
    return new PersonName(PersonName.Kind.OFFICIAL, script, family, null, given);
  }

  private String family() {
    if (isLao()) {
      return random.nextDouble() < 0.06
          ? ""
          : pick(lao.stream().filter(row -> row.get("kind").equals("family")).toList())
              .get("latin");
    }
    return weighted(vietnameseFamilies, "pct_list").get("name");
  }

  private String part(String part, String sex) {
    return weighted(
            vietnameseParts.stream()
                .filter(row -> row.get("part").equals(part) && row.get("sex").equals(sex))
                .toList(),
            "weight")
        .get("name");
  }

  private Map<String, String> weighted(List<Map<String, String>> rows, String column) {
    double total = rows.stream().mapToDouble(row -> number(row.get(column))).sum();
    double drawn = random.nextDouble() * total;
    for (Map<String, String> row : rows) {
      drawn -= number(row.get(column));
      if (drawn <= 0) {
        return row;
      }
    }
    return rows.getLast();
  }

  private static double number(String text) {
    return text.isEmpty() ? 0.5 : Double.parseDouble(text);
  }

  private String commune() {
    return "Xã " + (1 + random.nextInt(80));
  }

  private String phone() {
    return "+849%08d".formatted(random.nextInt(100_000_000));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
