package org.mekong.registry.caller;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is asked: whether statements are true, what fields hold, or who somebody is. */
public enum Kind {
  VERIFY,
  READ,
  SEARCH,
  /** Which one person fits what is known. */
  MATCH,
  /** Somebody looks at what is held about themself. */
  OWN;

  /** The word in tokens and log entries. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a word. */
  public static Optional<Kind> ofCode(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
