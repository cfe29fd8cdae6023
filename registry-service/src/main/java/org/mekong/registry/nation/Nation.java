package org.mekong.registry.nation;

/** The nations with a profile, by ISO 3166-1 alpha-2 code. */
public enum Nation {
  VN,
  LA,
  /** Illustrative: a third country, whose rules and numbers are invented. */
  KH
}
