package org.mekong.registry.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mekong.registry.nation.DataFile;
import org.mekong.registry.nation.Nation;

/**
 * One sex in one five-year age group.
 *
 * @param share of the whole population, in percent
 */
record AgeGroup(int fromAge, boolean male, double share) {

  /** The structure of a nation (UN World Population Prospects). */
  static List<AgeGroup> of(Nation nation) {
    List<AgeGroup> groups = new ArrayList<>();
    for (Map<String, String> row : DataFile.rows("data/age_sex_2025.csv")) {
      if (nation.name().equals(row.get("country"))) {
        int from = Integer.parseInt(row.get("age").split("[-+]", -1)[0]);
        groups.add(new AgeGroup(from, true, Double.parseDouble(row.get("male_pct_of_total"))));
        groups.add(new AgeGroup(from, false, Double.parseDouble(row.get("female_pct_of_total"))));
      }
    }
    return List.copyOf(groups);
  }
}
