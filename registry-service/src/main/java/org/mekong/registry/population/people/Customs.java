package org.mekong.registry.population.people;

import org.mekong.registry.nation.Nation;

/**
 * How a nation's people marry, live together and move, in round figures of general knowledge chosen
 * so that households and families come out as they are counted. Shares go from 0 to 1.
 *
 * @param marries women who marry at some time
 * @param yearsToMarriage mean of a woman's years from the legal age to her first marriage
 * @param husbandOlder mean of the years that he is older
 * @param divorces marriages that a divorce ends
 * @param joinsParents couples who live with the husband's parents
 * @param fullHouse members of a household that nobody marries into
 * @param leavesParents single adults who found a household of their own
 * @param mostChildren children of one mother, born in the years that births are registered in
 * @param mostChildrenOnce children of one mother, born before
 * @param registeredLate births that are registered later than two months after
 * @param takesHusbandsName wives who take their husband's family name
 * @param partialFromAge from this age on, some dates of birth are partly known
 */
public record Customs(
    double marries,
    double yearsToMarriage,
    double husbandOlder,
    double divorces,
    double joinsParents,
    int fullHouse,
    double leavesParents,
    int mostChildren,
    int mostChildrenOnce,
    double registeredLate,
    double takesHusbandsName,
    int partialFromAge) {

  /** The customs of a nation. */
  public static Customs of(Nation nation) {
    return switch (nation) {
      case VN -> new Customs(0.95, 5.0, 3.0, 0.07, 0.54, 7, 0.17, 4, 8, 0.08, 0, 70);
      case LA -> new Customs(0.96, 3.5, 3.0, 0.05, 0.80, 12, 0.05, 7, 9, 0.20, 0.15, 50);
      case KH -> throw SyntheticNames.none(nation);
    };
  }
}
