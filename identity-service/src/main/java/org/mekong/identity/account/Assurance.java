package org.mekong.identity.account;

import java.util.Locale;

/** How sure we are that an account is the person's (eIDAS levels; VNeID level 1 and 2). */
public enum Assurance {
  LOW,
  SUBSTANTIAL,
  HIGH;

  /** As it stands in requests and tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it stands in {@code acr}. */
  public String acr() {
    return "urn:mekong:loa:" + word();
  }

  /** Whether it is enough where another is demanded. */
  public boolean covers(Assurance demanded) {
    return compareTo(demanded) >= 0;
  }
}
