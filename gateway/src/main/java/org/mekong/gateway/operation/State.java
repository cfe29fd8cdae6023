package org.mekong.gateway.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How an operation stands; every state but the first is final. On the wire in lower case. */
public enum State {
  /** There is no outcome yet. */
  @JsonProperty("pending")
  PENDING,
  /** The nation has answered. */
  @JsonProperty("answered")
  ANSWERED,
  /** A rule refused, there or here. */
  @JsonProperty("refused")
  REFUSED,
  /** Its time was over before there was an answer. */
  @JsonProperty("expired")
  EXPIRED,
  /** Its client withdrew it before it was sent. */
  @JsonProperty("cancelled")
  CANCELLED;

  /** The name on the wire and in the table. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static State ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
