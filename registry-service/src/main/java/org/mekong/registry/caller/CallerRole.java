package org.mekong.registry.caller;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** In which role somebody asks, as the permissions of the register name it. */
public enum CallerRole {
  /** A system of one of the nation's agencies. */
  AGENCY,
  /** A system that acts for an officer: its token names the officer, or lets review duplicates. */
  OFFICER,
  /** This nation's gateway, for an agency of this or another nation. */
  GATEWAY;

  static final Set<CallerRole> OF_GATEWAY = Set.of(GATEWAY);
  static final Set<CallerRole> OF_AGENCY = Set.of(AGENCY);
  static final Set<CallerRole> OF_OFFICER = Set.copyOf(EnumSet.of(AGENCY, OFFICER));

  /** The word in permissions. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a word. */
  public static Optional<CallerRole> ofCode(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }

  /** The roles of somebody who asks in this one: an officer's system is an agency's too. */
  public Set<CallerRole> all() {
    return switch (this) {
      case AGENCY -> OF_AGENCY;
      case OFFICER -> OF_OFFICER;
      case GATEWAY -> OF_GATEWAY;
    };
  }
}
