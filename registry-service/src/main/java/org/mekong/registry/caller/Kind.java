package org.mekong.registry.caller;

import java.util.Locale;

/** What is asked: whether statements are true, what fields hold, or who somebody is. */
public enum Kind {
  VERIFY,
  READ,
  SEARCH;

  /** The word in tokens and log entries. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
