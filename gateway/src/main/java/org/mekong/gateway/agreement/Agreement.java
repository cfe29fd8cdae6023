package org.mekong.gateway.agreement;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One version of an agreement between nations.
 *
 * @param id lower case letters, digits and hyphens; stays the same over versions
 * @param version 1 or more
 * @param parties ISO 3166-1 alpha-2 codes; one alone for what a nation allows its own agencies
 * @param validFrom first day on which it may be used, UTC
 * @param validUntil last day on which it may be used, UTC
 * @param purposes what may be asked, each purpose once
 */
public record Agreement(
    String id,
    int version,
    Set<String> parties,
    LocalDate validFrom,
    LocalDate validUntil,
    List<PurposeTerms> purposes) {

  public Agreement {
    parties = Set.copyOf(parties);
    purposes = List.copyOf(purposes);
  }

  /** Its id and version. */
  public AgreementReference reference() {
    return new AgreementReference(id, version);
  }

  /** Whether it may be used on this day. */
  public boolean inForce(LocalDate day) {
    return !day.isBefore(validFrom) && !day.isAfter(validUntil);
  }

  /**
   * Whether it rules questions of one nation to the other. What a nation's agencies may ask its own
   * register is ruled by an agreement of that nation alone, never by one with others.
   */
  public boolean binds(String oneNation, String otherNation) {
    return oneNation.equals(otherNation)
        ? parties.equals(Set.of(oneNation))
        : parties.contains(oneNation) && parties.contains(otherNation);
  }

  /** The terms of a purpose, empty when the agreement does not have it. */
  public Optional<PurposeTerms> terms(String purpose) {
    return purposes.stream().filter(terms -> terms.purpose().equals(purpose)).findFirst();
  }

  /** The purposes in alphabetical order, for an explanation. */
  String purposeNames() {
    var names = new TreeSet<String>();
    purposes.forEach(terms -> names.add(terms.purpose()));
    return String.join(", ", names);
  }
}
