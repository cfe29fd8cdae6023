package org.mekong.registry.permission.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule does with the fields that it names. */
public enum Effect {
  /** Gives them. Rules that permit add up. */
  PERMIT,
  /** Withholds all others, whatever else permits them. Of several limits each has to be kept. */
  LIMIT;

  /** The word on the wire. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The effect of a word. */
  public static Optional<Effect> ofCode(String code) {
    return Arrays.stream(values()).filter(effect -> effect.code().equals(code)).findFirst();
  }
}
