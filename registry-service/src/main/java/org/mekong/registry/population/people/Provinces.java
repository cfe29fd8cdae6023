package org.mekong.registry.population.people;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.Province;
import org.mekong.registry.nation.RegistrationPlace;

/** Where people live and are born: provinces by population, places of registration in them. */
public final class Provinces {

  private final Weighted<String> codes;
  private final Map<String, List<RegistrationPlace>> places;
  private final List<RegistrationPlace> all;

  /** The provinces of a nation. */
  public Provinces(NationProfile profile) {
    codes =
        Weighted.of(
                profile.provinces().values().stream()
                    .sorted(Comparator.comparing(Province::code))
                    .toList(),
                Province::population)
            .map(Province::code);
    all =
        profile.registrationPlaces().values().stream()
            .sorted(Comparator.comparing(RegistrationPlace::code))
            .toList();
    places = all.stream().collect(Collectors.groupingBy(RegistrationPlace::province));
  }

  /** The code of a province at a part, from 0 to 1, of the population. */
  public String at(double part) {
    return codes.at(part);
  }

  /** Some province, by population. */
  public String draw(RandomGenerator random) {
    return codes.draw(random);
  }

  /** A place where births in a province are registered. */
  public RegistrationPlace registrationPlace(String province, RandomGenerator random) {
    List<RegistrationPlace> of = places.getOrDefault(province, all);
    return of.get(random.nextInt(of.size()));
  }

  /** All places of registration, in one order. */
  public List<RegistrationPlace> registrationPlaces() {
    return all;
  }
}
