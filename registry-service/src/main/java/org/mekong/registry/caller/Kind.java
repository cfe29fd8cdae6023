package org.mekong.registry.caller;

import java.util.Locale;

/** What is asked: whether statements are true, or what fields hold. */
public enum Kind {
  VERIFY,
  READ;

  /** The word in tokens and log entries. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
