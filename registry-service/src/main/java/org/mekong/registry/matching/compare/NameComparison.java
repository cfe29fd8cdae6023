package org.mekong.registry.matching.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.compare.Comparison.Finding;
import org.mekong.registry.matching.compare.SpokenName.Part;
import org.mekong.registry.matching.rule.MatchField;
import org.mekong.registry.matching.rule.RuleSet;

/**
 * Compares names: whoever bears several is taken by the two that fit best. A part is {@code same}
 * as it is spelled, {@code same_letters} where one of the two is written without marks, {@code
 * alike} where both sound the same though their marks or letters differ, {@code moved} where the
 * whole name has the same words in other parts, {@code close} where it is a typing error away.
 */
final class NameComparison {

  private NameComparison() {}

  static List<Finding> compare(RuleSet rules, Traits one, Traits other) {
    List<Finding> best = List.of();
    double most = Double.NEGATIVE_INFINITY;
    for (SpokenName name : one.names()) {
      for (SpokenName against : other.names()) {
        List<Finding> found = compare(rules, name, against);
        double weight = 0;
        for (Finding finding : found) {
          weight += finding.weight();
        }
        if (weight > most) {
          most = weight;
          best = found;
        }
      }
    }
    return best;
  }

  private static List<Finding> compare(RuleSet rules, SpokenName one, SpokenName other) {
    boolean sameWords =
        one.wholeKey().equals(other.wholeKey()) || one.wholeSound().equals(other.wholeSound());
    List<Finding> findings = new ArrayList<>(3);
    add(rules, MatchField.GIVEN_NAME, level(one.given(), other.given(), sameWords), findings);
    add(rules, MatchField.MIDDLE_NAME, level(one.middle(), other.middle(), sameWords), findings);
    add(rules, MatchField.FAMILY_NAME, level(one.family(), other.family(), sameWords), findings);
    return findings;
  }

  private static void add(RuleSet rules, MatchField field, String level, List<Finding> findings) {
    if (rules.weights().containsKey(field)) {
      findings.add(new Finding(field, level, rules.weight(field, level)));
    }
  }

  private static String level(@Nullable Part one, @Nullable Part other, boolean sameWords) {
    if (one == null && other == null) {
      return MatchField.MISSING;
    }
    if (one == null || other == null) {
      return sameWords ? "moved" : MatchField.MISSING;
    }
    if (one.spelled().equals(other.spelled())) {
      return "same";
    }
    if (one.key().equals(other.key()) && !(one.isMarked() && other.isMarked())) {
      return "same_letters";
    }
    if (one.sound().equals(other.sound())) {
      return "alike";
    }
    if (sameWords) {
      return "moved";
    }
    return Closeness.isClose(one.plain(), other.plain())
            || Closeness.isClose(one.key(), other.key())
            || Closeness.isClose(one.sound(), other.sound())
        ? "close"
        : "different";
  }
}
