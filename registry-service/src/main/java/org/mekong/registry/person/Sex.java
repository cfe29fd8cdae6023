package org.mekong.registry.person;

import java.util.Arrays;
import java.util.Optional;

/** Sex by its ISO/IEC 5218 code. */
public enum Sex {
  NOT_KNOWN(0),
  MALE(1),
  FEMALE(2),
  NOT_APPLICABLE(9);

  private final int code;

  Sex(int code) {
    this.code = code;
  }

  /** The ISO/IEC 5218 code. */
  public int code() {
    return code;
  }

  /** Whether the code tells male from female. */
  public boolean isTold() {
    return this == MALE || this == FEMALE;
  }

  /** The sex of a code. */
  public static Optional<Sex> ofCode(int code) {
    return Arrays.stream(values()).filter(sex -> sex.code == code).findFirst();
  }
}
