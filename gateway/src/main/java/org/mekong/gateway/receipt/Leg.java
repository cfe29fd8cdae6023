package org.mekong.gateway.receipt;

import java.util.Locale;

/** What an entry of the exchange log is about; on the wire the name in lower case. */
public enum Leg {
  /** A request, before it is sent and when it is received. Once in each log. */
  REQUEST,
  /** The answer to it, before it is given and before it is passed on. Once in each log. */
  ANSWER,
  /** A question that a rule refused before it became a request, or a message of a peer. */
  REFUSAL,
  /** A request that brought no answer that could be passed on; an answer may follow later. */
  FAILURE;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The leg of this name. */
  public static Leg ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
