package org.mekong.registry.matching.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a score says of a pair. Nothing follows from it by itself: people decide. */
public enum Outcome {
  NO,
  POSSIBLE,
  MATCH;

  /** The word in API and table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The weaker of two. */
  public Outcome atMost(Outcome other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** The outcome of a word. */
  public static Optional<Outcome> ofCode(String code) {
    return Arrays.stream(values()).filter(outcome -> outcome.code().equals(code)).findFirst();
  }
}
