package org.mekong.registry.matching.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.rule.Limit;
import org.mekong.registry.matching.rule.MatchField;
import org.mekong.registry.matching.rule.Outcome;

/**
 * How alike two persons are, and why.
 *
 * @param score bits in favour of one person: the sum of the weights
 * @param limit what kept the outcome below what the score says, if anything did
 */
public record Comparison(
    double score, Outcome outcome, List<Finding> findings, @Nullable Limit limit) {

  public Comparison {
    findings = List.copyOf(findings);
  }

  /** What one field says. */
  public record Finding(MatchField field, String level, double weight) {}
}
