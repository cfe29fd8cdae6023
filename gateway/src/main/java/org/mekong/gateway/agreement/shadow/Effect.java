package org.mekong.gateway.agreement.shadow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What becomes of a question when the version in shadow decides. */
public enum Effect {
  /** What is refused would be allowed. */
  @JsonProperty("opens")
  OPENS,
  /** What is allowed would be refused. */
  @JsonProperty("closes")
  CLOSES,
  /** It stays refused, by another rule. */
  @JsonProperty("other-rule")
  OTHER_RULE,
  /** It stays allowed, under other terms: legal basis, quota, rate, retention or visibility. */
  @JsonProperty("other-terms")
  OTHER_TERMS,
  /** Nothing changes. */
  @JsonProperty("none")
  NONE;

  /** The name in reports. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Effect of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
