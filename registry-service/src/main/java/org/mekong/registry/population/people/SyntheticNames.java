package org.mekong.registry.population.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.NameText;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.DataFile;
import org.mekong.registry.nation.Nation;

/** Names as the nation's people bear them. Families are told by index, so that children inherit. */
public sealed interface SyntheticNames {

  /** No family name. */
  int NONE = -1;

  /** A family name, or {@link #NONE}. */
  int drawFamily(RandomGenerator random);

  /** The names of a person of a family. */
  List<PersonName> draw(int family, boolean male, RandomGenerator random);

  /** The same names under another family name. */
  List<PersonName> with(int family, List<PersonName> names);

  /** Names as a nation's people bear them. */
  static SyntheticNames of(Nation nation) {
    return switch (nation) {
      case VN -> new Vietnamese();
      case LA -> new Lao();
      case KH -> throw none(nation);
    };
  }

  /** Whether people can be made up for a nation: only where it has data for that. */
  static boolean exist(Nation nation) {
    return nation != Nation.KH;
  }

  /** What is wrong where they cannot. */
  static IllegalArgumentException none(Nation nation) {
    return new IllegalArgumentException("there are no synthetic people of " + nation);
  }

  private static PersonName renamed(PersonName of, String family) {
    return new PersonName(of.kind(), of.script(), family, of.middle(), of.given());
  }

  /** Family name, middle names, given name; Nguyễn at its share. */
  final class Vietnamese implements SyntheticNames {

    private final List<Family> families = families();
    private final Weighted<Family> byShare = Weighted.of(families, Family::share);
    private final List<Map<String, String>> parts = DataFile.rows("data/vn_given_names.csv");
    private final Weighted<String> middleMen = part("middle", "M");
    private final Weighted<String> middleWomen = part("middle", "F");
    private final Weighted<String> givenMen = part("given", "M");
    private final Weighted<String> givenWomen = part("given", "F");

    @Override
    public int drawFamily(RandomGenerator random) {
      return byShare.drawIndex(random);
    }

    @Override
    public List<PersonName> draw(int family, boolean male, RandomGenerator random) {
      return List.of(
          new PersonName(
              PersonName.Kind.OFFICIAL,
              NameScript.LATIN,
              families.get(family).name(),
              (male ? middleMen : middleWomen).draw(random),
              (male ? givenMen : givenWomen).draw(random)));
    }

    @Override
    public List<PersonName> with(int family, List<PersonName> names) {
      return names.stream().map(of -> renamed(of, families.get(family).name())).toList();
    }

    private record Family(String name, double share) {}

    /** The listed names at their shares; what these leave of the whole, evenly to rarer names. */
    private static List<Family> families() {
      List<Family> families = new ArrayList<>();
      double left = 100;
      for (Map<String, String> row : DataFile.rows("data/vn_family_names.csv")) {
        String sample = row.get("pct_uit_sample");
        double share = Double.parseDouble(sample.isEmpty() ? row.get("pct_list") : sample);
        families.add(new Family(NameText.canonical(row.get("name")), share));
        left -= share;
      }
      List<Map<String, String>> rarer = DataFile.rows("data/vn_rarer_family_names.csv");
      for (Map<String, String> row : rarer) {
        families.add(new Family(NameText.canonical(row.get("name")), left / rarer.size()));
      }
      return List.copyOf(families);
    }

    private Weighted<String> part(String part, String sex) {
      List<Map<String, String>> rows =
          parts.stream()
              .filter(row -> row.get("part").equals(part) && row.get("sex").equals(sex))
              .toList();
      Weighted<Map<String, String>> weighted =
          Weighted.of(rows, row -> Double.parseDouble(row.get("weight")));
      return weighted.map(row -> NameText.canonical(row.get("name")));
    }
  }

  /** Given name and mostly a family name, in Lao script and in its usual Latin spelling. */
  final class Lao implements SyntheticNames {

    private static final double WITHOUT_FAMILY_NAME = 0.06;

    private final List<Map<String, String>> names = DataFile.rows("data/lao_names.csv");
    private final List<Map<String, String>> families = kind("family", null);
    private final List<Map<String, String>> givenMen = kind("given", "M");
    private final List<Map<String, String>> givenWomen = kind("given", "F");

    @Override
    public int drawFamily(RandomGenerator random) {
      return random.nextDouble() < WITHOUT_FAMILY_NAME ? NONE : random.nextInt(families.size());
    }

    @Override
    public List<PersonName> draw(int family, boolean male, RandomGenerator random) {
      List<Map<String, String>> given = male ? givenMen : givenWomen;
      Map<String, String> own = given.get(random.nextInt(given.size()));
      Map<String, String> borne = family == NONE ? null : families.get(family);
      return List.of(
          name(NameScript.LAO, borne == null ? null : borne.get("lao"), own.get("lao")),
          name(NameScript.LATIN, borne == null ? null : borne.get("latin"), own.get("latin")));
    }

    @Override
    public List<PersonName> with(int family, List<PersonName> names) {
      Map<String, String> borne = families.get(family);
      return names.stream()
          .map(
              of ->
                  renamed(
                      of,
                      NameText.canonical(
                          borne.get(of.script() == NameScript.LAO ? "lao" : "latin"))))
          .toList();
    }

    private static PersonName name(NameScript script, @Nullable String family, String given) {
      return new PersonName(
          PersonName.Kind.OFFICIAL,
          script,
          family == null ? null : NameText.canonical(family),
          null,
          NameText.canonical(given));
    }

    private List<Map<String, String>> kind(String kind, @Nullable String sex) {
      return names.stream()
          .filter(row -> row.get("kind").equals(kind))
          .filter(row -> sex == null || row.get("sex").equals(sex))
          .toList();
    }
  }
}
