package org.mekong.registry.population;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mekong.registry.identifier.BirthFacts;
import org.mekong.registry.identifier.NumberBlock;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.RegistrationPlace;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * Turns families into persons, one at a time and each from its own random numbers, so that a
 * population of any size needs little memory. Persons are to be asked for in order, once: numbers
 * are given as they come.
 */
final class Synthesis {

  /** Coprime to ten, so that stepping by it visits every serial of a block once. */
  private static final int STEP = 618_033;

  private static final Weighted<String> RELIGIONS_VN =
      Weighted.of(
          List.of("none", "catholic", "buddhist", "hoahao", "protestant", "caodaist"),
          religion -> religion.equals("none") ? 86 : religion.equals("catholic") ? 6 : 2);
  private static final Weighted<String> RELIGIONS_LA =
      Weighted.of(
          List.of("buddhist", "indigenous", "protestant", "none"),
          religion -> religion.equals("buddhist") ? 65 : religion.equals("indigenous") ? 31 : 2);
  private static final Weighted<String> BLOOD_GROUPS =
      Weighted.of(
          List.of("O+", "B+", "A+", "AB+"),
          group -> group.equals("O+") ? 44 : group.equals("AB+") ? 6 : 25);

  private final NationProfile profile;
  private final NumberScheme scheme;
  private final Families families;
  private final long seed;
  private final long day;
  private final SyntheticNames names;
  private final Map<String, List<RegistrationPlace>> placesOfProvince;
  private final Map<NumberBlock, Integer> given = new HashMap<>();

  Synthesis(
      NationProfile profile, NumberScheme scheme, Families families, long seed, LocalDate day) {
    this.profile = profile;
    this.scheme = scheme;
    this.families = families;
    this.seed = seed;
    this.day = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    this.names = SyntheticNames.of(profile.nation());
    this.placesOfProvince =
        profile.registrationPlaces().values().stream()
            .sorted(Comparator.comparing(RegistrationPlace::code))
            .collect(Collectors.groupingBy(RegistrationPlace::province));
  }

  /** The person of an index. */
  Person person(int i) {
    SplittableRandom random = random(i, 1);
    RegistrationPlace place = birthplace(i, random);
    Particulars particulars = particulars(i, place, random);
    return new Person(id(i), number(i, place), List.of(), particulars, null);
  }

  private Particulars particulars(int i, RegistrationPlace place, SplittableRandom random) {
    String country = profile.nation().name();
    String home = families.provinceOf(i).code();
    return new Particulars(
        names.draw(familyName(i), families.male[i], random),
        birth(i, random),
        families.male[i] ? Sex.MALE : Sex.FEMALE,
        new Place(country, place.province(), null),
        place.code(),
        new Place(country, place.province(), null),
        ethnicity(random),
        (profile.nation() == Nation.VN ? RELIGIONS_VN : RELIGIONS_LA).draw(random),
        List.of(country),
        random.nextInt(10) < 3 ? BLOOD_GROUPS.draw(random) : null,
        families.status[i],
        random.nextInt(500) == 0 ? LifeStatus.MISSING : LifeStatus.ALIVE,
        null,
        residences(country, home, random),
        relationships(i),
        household(i),
        null,
        null,
        random.nextInt(1000) == 0);
  }

  private SplittableRandom random(int i, int use) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i * 8L + use);
  }

  private UUID id(int i) {
    return UuidV7.of(day + i, random(i, 2));
  }

  /** A father's family name is his children's. */
  private int familyName(int i) {
    int father = families.father(i);
    if (father != Families.NOBODY) {
      int inherited = familyName(father);
      if (inherited != SyntheticNames.NONE) {
        return inherited;
      }
    }
    return names.drawFamily(random(i, 3));
  }

  /** Mostly the province where one lives; the rest was born elsewhere. */
  private RegistrationPlace birthplace(int i, SplittableRandom random) {
    String province = families.provinceOf(i).code();
    if (random.nextInt(10) == 0) {
      List<String> codes = placesOfProvince.keySet().stream().sorted().toList();
      province = codes.get(random.nextInt(codes.size()));
    }
    List<RegistrationPlace> places =
        placesOfProvince.getOrDefault(province, placesOfProvince.values().iterator().next());
    return places.get(random.nextInt(places.size()));
  }

  private PartialDate birth(int i, SplittableRandom random) {
    LocalDate date = LocalDate.ofEpochDay(families.birth[i]);
    int draw = random.nextInt(100);
    boolean old = families.age(i) >= (profile.nation() == Nation.VN ? 70 : 50);
    if (old && draw < 6) {
      return new PartialDate(date.getYear(), null, null);
    }
    return old && draw < 9
        ? new PartialDate(date.getYear(), date.getMonthValue(), null)
        : PartialDate.of(date);
  }

  private String ethnicity(SplittableRandom random) {
    double majority = profile.nation() == Nation.VN ? 0.85 : 0.53;
    int code = random.nextDouble() < majority ? 1 : 2 + random.nextInt(profile.ethnicGroups() - 1);
    return "%02d".formatted(code);
  }

  private List<Residence> residences(String country, String home, SplittableRandom random) {
    List<Residence> residences = new ArrayList<>();
    residences.add(new Residence(Residence.Kind.PERMANENT, new Place(country, home, null)));
    if (random.nextInt(20) == 0) {
      List<String> codes = profile.provinces().keySet().stream().sorted().toList();
      String elsewhere = codes.get(random.nextInt(codes.size()));
      residences.add(new Residence(Residence.Kind.TEMPORARY, new Place(country, elsewhere, null)));
    }
    return residences;
  }

  private List<Relationship> relationships(int i) {
    List<Relationship> relationships = new ArrayList<>();
    add(relationships, Relationship.Kind.FATHER, families.father(i));
    add(relationships, Relationship.Kind.MOTHER, families.mother[i]);
    add(relationships, Relationship.Kind.SPOUSE, families.spouse[i]);
    for (int child : families.childrenOf(i)) {
      add(relationships, Relationship.Kind.CHILD, child);
    }
    return relationships;
  }

  private void add(List<Relationship> relationships, Relationship.Kind kind, int relative) {
    if (relative != Families.NOBODY) {
      relationships.add(new Relationship(kind, id(relative), null));
    }
  }

  private Household household(int i) {
    int head = head(i);
    if (head == i) {
      return new Household(householdId(i), "head");
    }
    return new Household(householdId(head), head == families.spouse[i] ? "spouse" : "child");
  }

  private int head(int i) {
    int partner = families.spouse[i];
    if (partner != Families.NOBODY) {
      return families.male[i] ? i : partner;
    }
    int mother = families.mother[i];
    return mother != Families.NOBODY && families.age(i) < 25 ? head(mother) : i;
  }

  private UUID householdId(int head) {
    return UuidV7.of(day + head, random(head, 4));
  }

  private String number(int i, RegistrationPlace place) {
    int year = LocalDate.ofEpochDay(families.birth[i]).getYear();
    NumberBlock block = scheme.blockOf(new BirthFacts(place, year, families.male[i]));
    int before = given.merge(block, 1, Integer::sum) - 1;
    if (before >= block.capacity()) {
      throw new IllegalStateException("Number block " + block.prefix() + " is exhausted");
    }
    long start = new SplittableRandom(seed ^ block.prefix().hashCode()).nextInt(block.capacity());
    return block.number((int) ((start + (long) before * STEP) % block.capacity()));
  }
}
