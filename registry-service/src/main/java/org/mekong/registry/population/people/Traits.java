package org.mekong.registry.population.people;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;

/** What people hold from their families or by chance: faith, ethnic group, blood group. */
public final class Traits {

  private static final Weighted<String> BLOOD_GROUPS =
      Weighted.of(
          List.of("O+", "B+", "A+", "AB+"),
          group -> group.equals("O+") ? 44 : group.equals("AB+") ? 6 : 25);
  private static final List<String> NEIGHBOURS = List.of("TH", "KH", "CN", "JP", "KR", "US");

  private final Weighted<String> religions;
  private final List<String> ethnicities;
  private final double majority;

  /** Traits of a nation's people. */
  public Traits(NationProfile profile) {
    boolean vietnamese = profile.nation() == Nation.VN;
    religions =
        vietnamese
            ? Weighted.of(
                List.of("none", "catholic", "buddhist", "hoahao", "protestant", "caodaist"),
                faith -> faith.equals("none") ? 86 : faith.equals("catholic") ? 6 : 2)
            : Weighted.of(
                List.of("buddhist", "indigenous", "protestant", "none"),
                faith -> faith.equals("buddhist") ? 65 : faith.equals("indigenous") ? 31 : 2);
    ethnicities =
        java.util.stream.IntStream.rangeClosed(1, profile.ethnicGroups())
            .mapToObj(number -> (number < 10 ? "0" : "") + number)
            .toList();
    majority = vietnamese ? 0.85 : 0.53;
  }

  /** A faith. */
  public String religion(RandomGenerator random) {
    return religions.draw(random);
  }

  /** A code of the nation's list of ethnic groups, the first of which is the majority's. */
  public String ethnicity(RandomGenerator random) {
    return random.nextDouble() < majority
        ? ethnicities.getFirst()
        : ethnicities.get(1 + random.nextInt(ethnicities.size() - 1));
  }

  /** A blood group, where it is known: of three in ten. */
  public @Nullable String bloodGroup(RandomGenerator random) {
    return random.nextInt(10) < 3 ? BLOOD_GROUPS.draw(random) : null;
  }

  /** Another country that people go to. */
  public String abroad(RandomGenerator random) {
    return NEIGHBOURS.get(random.nextInt(NEIGHBOURS.size()));
  }
}
