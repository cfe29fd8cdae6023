package org.mekong.registry.person;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether the register holds a person to be living. */
public enum LifeStatus {
  ALIVE,
  MISSING,
  DEAD;

  /** The word in API and table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a word. */
  public static Optional<LifeStatus> ofCode(String code) {
    return Arrays.stream(values()).filter(status -> status.code().equals(code)).findFirst();
  }
}
