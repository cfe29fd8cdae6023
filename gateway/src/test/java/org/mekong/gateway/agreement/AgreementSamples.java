package org.mekong.gateway.agreement;

import java.time.LocalDate;

/** Agreements made from another one by changing one thing. */
final class AgreementSamples {

  private AgreementSamples() {}

  static Agreement withConsent(Agreement base, String purpose) {
    return new Agreement(
        base.id(),
        base.version(),
        base.parties(),
        base.validFrom(),
        base.validUntil(),
        base.purposes().stream()
            .map(terms -> terms.purpose().equals(purpose) ? withConsent(terms) : terms)
            .toList());
  }

  static Agreement version(Agreement base, int version, LocalDate validFrom) {
    return new Agreement(
        base.id(), version, base.parties(), validFrom, base.validUntil(), base.purposes());
  }

  private static PurposeTerms withConsent(PurposeTerms terms) {
    return new PurposeTerms(
        terms.purpose(),
        terms.legalBasis(),
        terms.agencyClasses(),
        terms.agencies(),
        terms.kinds(),
        terms.fields(),
        terms.visibilityDelay(),
        terms.retention(),
        terms.dailyQuota(),
        terms.ratePerSecond(),
        true,
        terms.asynchronousFor());
  }
}
