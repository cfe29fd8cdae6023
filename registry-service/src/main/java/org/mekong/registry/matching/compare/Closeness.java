package org.mekong.registry.matching.compare;

import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Whether two texts differ by no more than a slip of the hand. Pure and thread-safe. */
final class Closeness {

  private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
  private static final LevenshteinDistance ONE_EDIT = new LevenshteinDistance(1);
  private static final double ALIKE = 0.92;

  /** A letter changed in a shorter word makes another name of it. */
  private static final int SHORTEST = 4;

  private Closeness() {}

  static boolean isClose(String one, String other) {
    if (Math.max(one.length(), other.length()) < SHORTEST) {
      return false;
    }
    return ONE_EDIT.apply(one, other) >= 0 || JARO_WINKLER.apply(one, other) >= ALIKE;
  }
}
