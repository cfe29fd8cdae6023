package org.mekong.registry.statistics.release;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.mekong.registry.statistics.count.Key;
import org.mekong.registry.statistics.count.Kind;

/**
 * Who lives where, from the first day of a month to that of the next: takes the changes in their
 * order. Not thread-safe.
 */
final class Residents {

  /** Groups of five years; the last one is open. */
  static final int GROUPS = 21;

  private static final int FIRST_COHORT = 1880 * 12;
  private static final int COHORTS = 400 * 12;
  private static final int GROUP_MONTHS = 5 * 12;

  private record Home(String province, int sex) {}

  private final Map<Home, long[]> cohorts =
      new TreeMap<>(Comparator.comparing(Home::province).thenComparing(Home::sex));

  @FunctionalInterface
  interface Sink {
    void take(Key figure, long count) throws SQLException;
  }

  /** Takes a change, as {@link Kind#POPULATION} describes it. */
  void take(Key key, long amount) {
    int cohort = Math.clamp(key.detail() - FIRST_COHORT, 0, COHORTS - 1);
    cohorts
            .computeIfAbsent(new Home(key.province(), key.sex()), home -> new long[COHORTS])[
            cohort] +=
        amount;
  }

  /**
   * Counts by age group who lives there as the first day of a month begins, after the changes of
   * all months before.
   */
  void count(int month, Sink sink) throws SQLException {
    for (Map.Entry<Home, long[]> each : cohorts.entrySet()) {
      Home home = each.getKey();
      long[] byCohort = each.getValue();
      long[] groups = new long[GROUPS];
      for (int i = 0; i < COHORTS; i++) {
        if (byCohort[i] != 0) {
          groups[group(month, i + FIRST_COHORT)] += byCohort[i];
        }
      }
      for (int group = 0; group < GROUPS; group++) {
        if (groups[group] != 0) {
          sink.take(
              new Key(Kind.POPULATION, month, home.province, "", home.sex, group), groups[group]);
        }
      }
    }
  }

  private static int group(int month, int cohort) {
    return Math.clamp((month - cohort - 1) / GROUP_MONTHS, 0, GROUPS - 1);
  }
}
