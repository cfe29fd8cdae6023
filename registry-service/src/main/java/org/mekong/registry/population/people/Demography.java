package org.mekong.registry.population.people;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.mekong.registry.nation.DataFile;
import org.mekong.registry.nation.Nation;

/**
 * The shape of a nation: its age and sex structure today, its death rates, and its births by age of
 * the mother (United Nations World Population Prospects). Immutable and thread-safe.
 */
public final class Demography {

  /** For so many years the dead stand in the register, and births are registered as they occur. */
  public static final int YEARS = 20;

  private static final int OLDEST = 104;
  private static final int FIRST_FERTILE = 15;
  private static final int LAST_FERTILE = 49;

  private final double boysAmongBirths;
  private final double[] men = new double[OLDEST + 1];
  private final double[] women = new double[OLDEST + 1];
  private final double[] fertility = new double[LAST_FERTILE + 1];
  private final Weighted<Fate> fates;
  private final double deathsPerThousand;
  private final List<Weighted<Integer>> mothers;

  /**
   * Whether somebody lives, and how old they are or became.
   *
   * @param age completed years, today or at death
   * @param yearsDead completed years since the death; {@link #LIVING} for the living
   */
  public record Fate(int age, boolean male, int yearsDead) {

    /** In the place of years since the death. */
    public static final int LIVING = -1;

    /** Whether the person lives today. */
    public boolean lives() {
      return yearsDead == LIVING;
    }
  }

  private Demography(Nation nation) {
    boysAmongBirths =
        switch (nation) {
          case VN -> 112 / 212.0;
          case LA -> 104.5 / 204.5;
          case KH -> throw SyntheticNames.none(nation);
        };
    double growth =
        switch (nation) {
          case VN -> 0.010;
          case LA -> 0.016;
          case KH -> throw SyntheticNames.none(nation);
        };
    readStructure(nation);
    readFertility(nation);
    double[] deathsOfMen = rates(nation, "mx_male");
    double[] deathsOfWomen = rates(nation, "mx_female");
    settleInfants(deathsOfWomen[0]);
    fates = fates(deathsOfMen, deathsOfWomen, growth);
    double deaths = 0;
    for (int age = 0; age <= OLDEST; age++) {
      deaths += men[age] * deathsOfMen[age] + women[age] * deathsOfWomen[age];
    }
    deathsPerThousand = 10 * deaths;
    mothers = new ArrayList<>();
    for (int yearsAgo = 0; yearsAgo <= OLDEST; yearsAgo++) {
      mothers.add(mothers(yearsAgo));
    }
  }

  /** The shape of a nation, from the data files that ship with the service. */
  public static Demography of(Nation nation) {
    return new Demography(nation);
  }

  /**
   * Somebody of this nation, living, or dead for less than {@link #YEARS} years.
   *
   * @param part from 0 to 1: evenly spread parts give the nation's structure
   */
  public Fate fate(double part) {
    return fates.at(part);
  }

  /** The age in completed years at which a mother had her child, so many years ago. */
  public int ageOfMother(int yearsAgo, RandomGenerator random) {
    return mothers.get(Math.min(yearsAgo, OLDEST)).draw(random);
  }

  /** The share of the living of one sex and completed age, in percent of all. */
  public double share(int age, boolean male) {
    return male ? men[age] : women[age];
  }

  /** How many of a thousand die in a year, at today's rates. */
  public double deathsPerThousand() {
    return deathsPerThousand;
  }

  /** How many children a woman bears in her life at today's rates. */
  public double totalFertility() {
    return Arrays.stream(fertility).sum();
  }

  private void readStructure(Nation nation) {
    for (Map<String, String> row : of("data/age_sex_2025.csv", nation)) {
      int from = Integer.parseInt(row.get("age").split("[-+]", -1)[0]);
      for (int age = from; age < from + 5; age++) {
        men[age] = Double.parseDouble(row.get("male_pct_of_total")) / 5;
        women[age] = Double.parseDouble(row.get("female_pct_of_total")) / 5;
      }
    }
  }

  private void readFertility(Nation nation) {
    for (Map<String, String> row : of("data/fertility_2025.csv", nation)) {
      int from = Integer.parseInt(row.get("age_from"));
      Arrays.fill(fertility, from, from + 5, Double.parseDouble(row.get("rate")));
    }
  }

  /**
   * The structure gives children below five as one group. The last three years of it are today's
   * births, as rates and women have it; the two before are the rest.
   */
  private void settleInfants(double infantDeaths) {
    double group = 0;
    for (int age = 0; age < 5; age++) {
      group += men[age] + women[age];
    }
    double births = 0;
    for (int age = FIRST_FERTILE; age <= LAST_FERTILE; age++) {
      births += fertility[age] * women[age];
    }
    double recent = births * (1 - infantDeaths);
    for (int age = 0; age < 5; age++) {
      double all = age < 3 ? recent : (group - 3 * recent) / 2;
      men[age] = all * boysAmongBirths;
      women[age] = all * (1 - boysAmongBirths);
    }
  }

  private Weighted<Fate> fates(double[] deathsOfMen, double[] deathsOfWomen, double growth) {
    List<Fate> all = new ArrayList<>();
    for (int age = 0; age <= OLDEST; age++) {
      for (int ago = Fate.LIVING; ago < YEARS; ago++) {
        all.add(new Fate(age, true, ago));
        all.add(new Fate(age, false, ago));
      }
    }
    return Weighted.of(
        all,
        fate -> {
          double living = share(fate.age, fate.male);
          double rate = (fate.male ? deathsOfMen : deathsOfWomen)[fate.age];
          return fate.lives() ? living : living * rate * (1 - growth * fate.yearsDead);
        });
  }

  private Weighted<Integer> mothers(int yearsAgo) {
    List<Integer> ages = new ArrayList<>();
    for (int age = FIRST_FERTILE; age <= LAST_FERTILE; age++) {
      ages.add(age);
    }
    return Weighted.of(
        ages, age -> fertility[age] * (1e-9 + women[Math.min(age + yearsAgo, OLDEST)]));
  }

  private static double[] rates(Nation nation, String column) {
    double[] rates = new double[OLDEST + 1];
    for (Map<String, String> row : of("data/death_rates_2020_2025.csv", nation)) {
      int from = Integer.parseInt(row.get("age_from").replace("+", ""));
      Arrays.fill(rates, from, rates.length, Double.parseDouble(row.get(column)));
    }
    return rates;
  }

  private static List<Map<String, String>> of(String file, Nation nation) {
    return DataFile.rows(file).stream()
        .filter(row -> nation.name().equals(row.get("country")))
        .toList();
  }
}
