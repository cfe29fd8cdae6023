package org.mekong.registry.verification.match;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.mekong.registry.matching.compare.Comparison;
import org.mekong.registry.matching.rule.Outcome;

/** Who is meant, or why that cannot be told. */
sealed interface Judgement {

  /** One person is meant, and nobody else comes near. */
  record Matched(UUID person) implements Judgement {}

  /** Nobody fits. */
  record NoMatch() implements Judgement {}

  /** Several fit about as well. */
  record Ambiguous(List<String> narrowBy) implements Judgement {}

  /** Somebody may fit, and too little is known to tell. */
  record NeedsMore(List<String> narrowBy) implements Judgement {}

  /** Somebody who was compared. */
  record Compared(UUID person, Comparison comparison) {

    private double score() {
      return comparison.score();
    }
  }

  /** Where nothing else is left that could help. */
  List<String> BY_NUMBER = List.of("personalNumber");

  /**
   * Judges. Pure.
   *
   * @param gap bits by which the best has to be ahead
   * @param missing what is not known yet and would help
   * @param complete whether everybody was compared who might fit
   */
  static Judgement of(List<Compared> compared, double gap, List<String> missing, boolean complete) {
    List<String> narrowBy = missing.isEmpty() ? BY_NUMBER : missing;
    List<Compared> likely =
        compared.stream()
            .filter(each -> each.comparison.outcome() != Outcome.NO)
            .sorted(
                Comparator.comparing((Compared each) -> each.comparison.outcome())
                    .reversed()
                    .thenComparing(each -> -each.score()))
            .toList();
    if (likely.isEmpty()) {
      return complete ? new NoMatch() : new NeedsMore(narrowBy);
    }
    Compared best = likely.getFirst();
    boolean ahead = likely.stream().skip(1).allMatch(each -> best.score() - each.score() >= gap);
    if (!ahead) {
      return new Ambiguous(narrowBy);
    }
    return best.comparison.outcome() == Outcome.MATCH && complete
        ? new Matched(best.person)
        : new NeedsMore(narrowBy);
  }
}
