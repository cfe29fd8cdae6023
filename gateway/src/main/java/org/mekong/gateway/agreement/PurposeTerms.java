package org.mekong.gateway.agreement;

import java.time.Duration;
import java.time.Period;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agreement allows for one purpose.
 *
 * @param purpose such as {@code marriage}
 * @param legalBasis by nation code: the law that lets this nation ask and answer
 * @param agencyClasses classes of agencies that may ask, such as {@code civil-registry}; may be
 *     left out
 * @param agencies single agencies that may ask, whatever their class; may be left out
 * @param kinds kinds of lookup that may be used
 * @param fields predicates and fields that may be asked, and that persons may be found by
 * @param visibilityDelay how long a disclosure stays invisible to the person
 * @param retention how long the asking agency may keep the answer
 * @param dailyQuota lookups of one agency in one day, UTC
 * @param ratePerSecond lookups of one nation in one second
 * @param consentRequired whether the person must have consented
 * @param asynchronousFor how long a lookup may wait for its answer, up to 30 days; absent: it may
 *     not wait at all
 */
public record PurposeTerms(
    String purpose,
    Map<String, String> legalBasis,
    @Nullable Set<String> agencyClasses,
    @Nullable Set<String> agencies,
    Set<LookupKind> kinds,
    Set<String> fields,
    Duration visibilityDelay,
    Period retention,
    int dailyQuota,
    int ratePerSecond,
    boolean consentRequired,
    @Nullable Duration asynchronousFor) {

  public PurposeTerms {
    legalBasis = Map.copyOf(legalBasis);
    agencyClasses = agencyClasses == null ? Set.of() : Set.copyOf(agencyClasses);
    agencies = agencies == null ? Set.of() : Set.copyOf(agencies);
    kinds = Set.copyOf(kinds);
    fields = Set.copyOf(fields);
  }

  /** Whether this agency may ask for this purpose, by its class or by its own name. */
  boolean admits(String agency, String agencyClass) {
    return contains(agencyClasses, agencyClass) || contains(agencies, agency);
  }

  private static boolean contains(@Nullable Set<String> names, String name) {
    return names != null && names.contains(name);
  }
}
