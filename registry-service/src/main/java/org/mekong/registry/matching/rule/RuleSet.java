package org.mekong.registry.matching.rule;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How pairs are found and judged. Immutable; valid once {@link RuleSetBody} has read it.
 *
 * @param name what the rules are called
 * @param blockLimit a block of more persons is not compared
 * @param weights by field and level: bits in favour of one person; a field left out is not compared
 * @param limits levels that rule out more than an outcome
 * @param possible lowest score of a possible match
 * @param match lowest score of a match
 */
public record RuleSet(
    String name,
    int blockLimit,
    List<BlockingKey> blocking,
    Map<MatchField, Map<String, Double>> weights,
    List<Limit> limits,
    double possible,
    double match) {

  public RuleSet {
    blocking = List.copyOf(blocking);
    Map<MatchField, Map<String, Double>> copy = new EnumMap<>(MatchField.class);
    weights.forEach((field, levels) -> copy.put(field, Map.copyOf(levels)));
    weights = Collections.unmodifiableMap(copy);
    limits = List.copyOf(limits);
  }

  /** The weight of a level; nothing for what is missing or not compared. */
  public double weight(MatchField field, String level) {
    Map<String, Double> levels = weights.get(field);
    @Nullable Double weight = levels == null ? null : levels.get(level);
    return weight == null ? 0 : weight;
  }

  /** The outcome of a score, before limits. */
  public Outcome outcome(double score) {
    if (score >= match) {
      return Outcome.MATCH;
    }
    return score >= possible ? Outcome.POSSIBLE : Outcome.NO;
  }
}
