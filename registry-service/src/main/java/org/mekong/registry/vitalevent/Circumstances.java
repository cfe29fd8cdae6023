package org.mekong.registry.vitalevent;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.residence.Place;

/**
 * When and where an event occurred and how it came into the register.
 *
 * @param occurredOn when it happened, or when the court's decision took effect
 * @param registeredOn when the office entered it; later than the nation's period makes it a late
 *     registration
 * @param occurredAt where it happened
 * @param office code of the office
 * @param registrar pseudonym of the registrar at that office
 * @param document what proves it in law
 */
public record Circumstances(
    PartialDate occurredOn,
    LocalDate registeredOn,
    @Nullable Place occurredAt,
    String office,
    String registrar,
    LegalDocument document) {

  /**
   * A paper or court decision.
   *
   * @param kind as {@code medical-certificate}, {@code declaration}, {@code court-decision}
   * @param number its number at whoever issued it
   */
  public record LegalDocument(
      String kind, String number, @Nullable LocalDate issuedOn, @Nullable String issuer) {}
}
