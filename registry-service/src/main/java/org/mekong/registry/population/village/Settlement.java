package org.mekong.registry.population.village;

import java.time.LocalDate;
import java.util.SplittableRandom;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.population.people.Customs;
import org.mekong.registry.population.people.Demography;
import org.mekong.registry.population.people.Provinces;
import org.mekong.registry.population.people.SyntheticNames;
import org.mekong.registry.population.people.Traits;
import org.mekong.registry.vitalevent.rule.EventRules;

/**
 * A population to be made: how many persons, of which nation, until which day. The same nation,
 * size, seed and day make the same population, village by village, in whatever order villages are
 * made. Immutable and thread-safe.
 */
public final class Settlement {

  private static final int VILLAGE = 2_000;
  private static final double GOLDEN = 0.6180339887498949;

  /**
   * So many quarters at least, if the population has several villages, to spread over provinces.
   */
  private static final int QUARTERS = 240;

  private static final int MOST_QUARTERS = 40;

  final NationProfile profile;
  final NumberScheme scheme;
  final EventRules rules;
  final Demography demography;
  final Customs customs;
  final SyntheticNames names;
  final Traits traits;
  final Provinces provinces;
  final LocalDate day;
  private final int persons;
  private final long seed;
  private final int villages;

  /**
   * A population.
   *
   * @param persons how many records, of the living and the dead
   * @param day nothing happens on this day or later
   */
  public Settlement(
      NationProfile profile,
      NumberScheme scheme,
      EventRules rules,
      int persons,
      long seed,
      LocalDate day) {
    this.profile = profile;
    this.scheme = scheme;
    this.rules = rules;
    this.persons = persons;
    this.seed = seed;
    this.day = day;
    demography = Demography.of(profile.nation());
    customs = Customs.of(profile.nation());
    names = SyntheticNames.of(profile.nation());
    traits = new Traits(profile);
    provinces = new Provinces(profile);
    villages = Math.max(1, Math.round(persons / (float) VILLAGE));
  }

  /** The nation whose population it is. */
  public NationProfile profile() {
    return profile;
  }

  /** How many persons stand in the register of all villages. */
  public int persons() {
    return persons;
  }

  /** How many villages there are; they are counted from 0. */
  public int villages() {
    return villages;
  }

  /** How many persons stand in the register of a village. */
  public int size(int village) {
    return first(village + 1) - first(village);
  }

  /** Makes a village. */
  public Village village(int village) {
    return Village.make(this, village);
  }

  /** The number of a village's first person among all. */
  int first(int village) {
    return (int) ((long) persons * village / villages);
  }

  /** A place between 0 and 1 for a person, evenly spread over any run of persons. */
  double part(int person) {
    double offset = new SplittableRandom(seed).nextDouble();
    double part = offset + person * GOLDEN;
    return part - Math.floor(part);
  }

  SplittableRandom random(int village) {
    return new SplittableRandom(
        new SplittableRandom(seed * 31 + village).nextLong() ^ profile.nation().ordinal());
  }

  /** How many provinces the people of a village live in. */
  int quarters() {
    return Math.max(1, Math.min(MOST_QUARTERS, (QUARTERS + villages - 1) / villages));
  }

  /** The province of a quarter of a village; over all quarters by population. */
  String province(int village, int quarter) {
    return provinces.at((village * quarters() + quarter + 0.5) / (villages * (double) quarters()));
  }

  /** A serial for the n-th of those of a village who share the facts of birth, if there is room. */
  int serial(int village, int nth, int capacity, int start) {
    int width = capacity / villages;
    if (nth >= width) {
      return -1;
    }
    long step = 618_033;
    return (int) ((start + ((long) village * width + nth) * step) % capacity);
  }

  /** The number of an older identity card, of nine digits; nobody else has it. */
  String earlierNumber(int village, int person) {
    long serial = (first(village) + person + 1L) * 618_033_989L % 1_000_000_000L;
    String digits = Long.toString(serial);
    return "0".repeat(9 - digits.length()) + digits;
  }

  /** Where the serials of a block begin. */
  int start(String prefix, int capacity) {
    return new SplittableRandom(seed ^ prefix.hashCode()).nextInt(capacity);
  }
}
