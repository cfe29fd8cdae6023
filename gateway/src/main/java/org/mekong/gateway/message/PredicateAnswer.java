package org.mekong.gateway.message;

import java.util.Set;

/**
 * The answer to one predicate.
 *
 * @param name as asked
 * @param answer {@code yes}, {@code no} or {@code unknown}; a person that is not in the register
 *     and one that is withheld are both {@code unknown}
 */
public record PredicateAnswer(String name, String answer) {

  private static final Set<String> ANSWERS = Set.of("yes", "no", "unknown");

  public PredicateAnswer {
    if (name == null || answer == null || !ANSWERS.contains(answer)) {
      throw new IllegalArgumentException("answers: an answer is yes, no or unknown");
    }
  }

  /** Names the predicate alone: its answer is personal data. */
  @Override
  public String toString() {
    return "PredicateAnswer[" + name + "]";
  }
}
