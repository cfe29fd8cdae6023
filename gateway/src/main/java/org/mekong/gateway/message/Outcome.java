package org.mekong.gateway.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How the answering nation answered; on the wire the name in lower case. */
public enum Outcome {
  /** With what was asked. */
  @JsonProperty("answered")
  ANSWERED,
  /** There is no such person, or it is withheld: which of both is not said. */
  @JsonProperty("not_available")
  NOT_AVAILABLE,
  /** By a rule, which is named. */
  @JsonProperty("refused")
  REFUSED;

  /** The name used in answers and log entries. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
