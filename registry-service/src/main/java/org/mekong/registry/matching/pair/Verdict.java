package org.mekong.registry.matching.pair;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an officer decides. */
public enum Verdict {
  SAME,
  DIFFERENT,
  UNDECIDED;

  /** The word in API and table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a pair that was decided so. */
  public State state() {
    return switch (this) {
      case SAME -> State.SAME;
      case DIFFERENT -> State.DIFFERENT;
      case UNDECIDED -> State.UNDECIDED;
    };
  }

  /** The decision of a word. */
  public static Optional<Verdict> ofCode(String code) {
    return Arrays.stream(values()).filter(verdict -> verdict.code().equals(code)).findFirst();
  }
}
