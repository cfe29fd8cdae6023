package org.mekong.registry.matching.pair;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a pair. */
public enum State {
  /** Nobody looked at it yet. */
  OPEN,
  /** Somebody looked and could not tell. */
  UNDECIDED,
  SAME,
  DIFFERENT,
  /** Nobody decided, and nothing speaks for it any more. */
  LAPSED;

  /** The word in API and table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a word. */
  public static Optional<State> ofCode(String code) {
    return Arrays.stream(values()).filter(state -> state.code().equals(code)).findFirst();
  }
}
