package org.mekong.registry.verification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a statement is true. */
public enum Answer {
  YES,
  NO,
  /** The register cannot tell, or does not say. */
  UNKNOWN;

  /** The word on the wire. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Answer of(boolean truth) {
    return truth ? YES : NO;
  }
}
