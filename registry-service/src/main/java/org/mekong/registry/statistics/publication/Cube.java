package org.mekong.registry.statistics.publication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums of published figures by month, province, sex and measure. A total is the sum of what it is
 * the total of, so nothing can be subtracted from it that is not published anyway. Not thread-safe.
 */
final class Cube {

  /** The code of all provinces together. */
  static final String TOTAL = "total";

  /** The code of what is in no province: abroad, or not stated. */
  static final String ELSEWHERE = "elsewhere";

  private record Place(int month, String province, SexCode sex, int measure) {}

  private final Map<Place, Long> sums = new HashMap<>();

  /** The code of a figure's province. */
  static String code(String province) {
    return province.isEmpty() ? ELSEWHERE : province;
  }

  void add(int month, String province, int sex, int measure, long value) {
    for (SexCode of : SexCode.of(sex)) {
      for (String at : List.of(code(province), TOTAL)) {
        sums.merge(new Place(month, at, of, measure), value, Long::sum);
      }
    }
  }

  long get(int month, String province, SexCode sex, int measure) {
    return sums.getOrDefault(new Place(month, province, sex, measure), 0L);
  }
}
