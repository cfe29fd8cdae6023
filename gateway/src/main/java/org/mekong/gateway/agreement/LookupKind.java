package org.mekong.gateway.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/** The kinds of lookup that this gateway serves; on the wire the name in lower case. */
public enum LookupKind {
  /** Is this statement true: yes, no, or cannot tell. Nothing is copied. */
  @JsonProperty("verify")
  VERIFY,
  /** Agreed fields of one person, where a yes or no cannot serve the purpose. */
  @JsonProperty("read")
  READ,
  /** Does what is known fit one person: matched or not, and agreed fields of that one. */
  @JsonProperty("match")
  MATCH,
  /** Who fits what is known, where the number is unknown: a few persons with agreed fields. */
  @JsonProperty("search")
  SEARCH;

  /** The name used in agreements, tokens, requests and log entries. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this wire name, empty when there is none. */
  public static Optional<LookupKind> of(String wireName) {
    for (LookupKind kind : values()) {
      if (kind.wireName().equals(wireName)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
