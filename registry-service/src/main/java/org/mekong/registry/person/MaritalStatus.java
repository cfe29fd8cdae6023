package org.mekong.registry.person;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Marital status in the terms of the UN Principles and Recommendations for a Vital Statistics
 * System. {@code SINGLE} means never married; {@code SEPARATED} is still married.
 */
public enum MaritalStatus {
  SINGLE,
  MARRIED,
  SEPARATED,
  DIVORCED,
  WIDOWED,
  UNKNOWN;

  /** The word in API and table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a word. */
  public static Optional<MaritalStatus> ofCode(String code) {
    return Arrays.stream(values()).filter(status -> status.code().equals(code)).findFirst();
  }
}
