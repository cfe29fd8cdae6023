package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Question;

/** What the registry office in Quảng Trị asks. */
final class RegistryOffice {
  private RegistryOffice() {}

  /** Asks, and is answered. */
  static CheckedAnswer ask(Question question) throws Exception {
    Lookup.Outcome outcome = outcome(question);
    return assertInstanceOf(Lookup.Outcome.Answered.class, outcome, outcome::toString).answer();
  }

  /** Asks. */
  static Lookup.Outcome outcome(Question question) throws Exception {
    return new Lookup(RunningPlatform.shared().registryOffice()).ask(question);
  }

  /** Three statements about somebody in Laos who wants to marry. */
  static Question marriage(String number) {
    return new Question(
        "LA",
        "marriage",
        number,
        List.of(
            new Question.Predicate("alive", Map.of()),
            new Question.Predicate("age_over", Map.of("years", 18)),
            new Question.Predicate("married", Map.of())),
        List.of(),
        "officer-1");
  }
}
