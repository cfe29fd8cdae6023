package org.mekong.registry.vitalevent.rule;

import java.util.regex.Pattern;
import org.mekong.registry.nation.Nation;

/**
 * What the law of a nation says of events in numbers. The ages of marriage stand in the nation
 * profile.
 *
 * @param birthDays days within which a birth is to be registered
 * @param deathDays days within which a death is to be registered
 * @param majority age in years from which somebody is no minor
 * @param adopteeAge age in years from which nobody is adopted
 * @param adopteeAgeInFamily the same where an adopter is married to a parent of the child
 * @param adopterOlderBy years between adopter and child, but for the spouse of a parent
 * @param earlierNumber form of the numbers on older identity cards
 */
public record LegalTerms(
    int birthDays,
    int deathDays,
    int majority,
    int adopteeAge,
    int adopteeAgeInFamily,
    int adopterOlderBy,
    Pattern earlierNumber) {

  /**
   * Viet Nam: Law on Civil Status 60/2014/QH13, articles 15 (birth, 60 days) and 33 (death, 15
   * days); Civil Code 91/2015/QH13, article 20 (majority); Law on Adoption 52/2010/QH12, articles 8
   * and 14; identity cards of 9 digits, and of 12 since 2012.
   */
  private static final LegalTerms VIET_NAM =
      new LegalTerms(60, 15, 18, 16, 18, 20, Pattern.compile("[0-9]{9}|[0-9]{12}"));

  /**
   * Laos: Law on Family Registration 12/NA of 2009 (birth, 30 days); the same period is taken for
   * deaths. An adopted child is a minor and 18 years younger (Family Law, articles 37 to 40). The
   * form of older numbers is not public: the pattern is invented and wide.
   */
  private static final LegalTerms LAOS =
      new LegalTerms(30, 30, 18, 18, 18, 18, Pattern.compile("[0-9A-Z][0-9A-Z/-]{4,19}"));

  /** Cambodia: illustrative terms, not its law. */
  private static final LegalTerms CAMBODIA =
      new LegalTerms(30, 15, 18, 18, 18, 18, Pattern.compile("[0-9]{9}"));

  /** The terms of a nation. */
  public static LegalTerms of(Nation nation) {
    return switch (nation) {
      case VN -> VIET_NAM;
      case LA -> LAOS;
      case KH -> CAMBODIA;
    };
  }
}
