package org.mekong.registry.population.village;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mekong.registry.identifier.LaoNumbers;
import org.mekong.registry.identifier.VietnameseNumbers;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.population.book.Life;
import org.mekong.registry.vitalevent.rule.EventRules;

/** Populations of tests, in memory. */
final class Populations {

  static final LocalDate DAY = LocalDate.of(2026, 1, 1);

  private Populations() {}

  static Settlement settlement(Nation nation, int persons, long seed) {
    NationProfile profile = NationProfile.of(nation);
    Clock clock = Clock.systemUTC();
    return new Settlement(
        profile,
        nation == Nation.VN ? new VietnameseNumbers(profile) : new LaoNumbers("PPSYYRRRRRRR"),
        new EventRules(profile, new PersonRules(profile, clock), clock),
        persons,
        seed,
        DAY);
  }

  static List<Village> villages(Nation nation, int persons, long seed) {
    Settlement settlement = settlement(nation, persons, seed);
    return IntStream.range(0, settlement.villages()).mapToObj(settlement::village).toList();
  }

  static List<Life> lives(List<Village> villages) {
    List<Life> lives = new ArrayList<>();
    villages.forEach(village -> lives.addAll(village.lives()));
    return lives;
  }
}
