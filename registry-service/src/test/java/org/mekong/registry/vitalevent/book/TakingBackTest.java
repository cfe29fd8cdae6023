package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Sex;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** What holds when an event is corrected or annulled. */
class TakingBackTest extends Villagers {

  @Test
  void anEventOnWhichOthersStandIsNotAnnulled() {
    Registration marriage = marry(hoa, nam, "2005-05-05");
    Registration divorce =
        village.register(new VitalEvent.Divorce(Party.of(hoa), Party.of(nam)), "2006-05-05");
    HttpProblem refused =
        assertThrows(
            HttpProblem.class,
            () ->
                village.register(
                    new VitalEvent.EventAnnulment(marriage.eventId(), "wrong"), "2007-01-01"));
    assertEquals(409, refused.getStatusCode());
    assertTrue(String.valueOf(refused.getDetail()).contains(divorce.eventId().toString()));
  }

  @Test
  void aMarriageWithADivorceIsMovedByACorrection() {
    Registration marriage = marry(hoa, nam, "2005-05-05");
    village.register(new VitalEvent.Divorce(Party.of(hoa), Party.of(nam)), "2006-05-05");
    VitalEvent correction = new VitalEvent.Correction(marriage.eventId(), marriage(hoa, nam));
    refused(correction, "2006-05-06", "spouses[0]", "married", 409);
    village.register(correction, "2004-05-05");
    assertEquals(MaritalStatus.DIVORCED, status(hoa));
  }

  @Test
  void aBirthWithALifeBehindItIsCorrected() {
    Registration birth =
        village.register(
            new VitalEvent.LiveBirth(
                Village.person("An", Sex.FEMALE, "2000-01-01"), Party.of(hoa), null),
            "2000-01-01");
    UUID an = birth.persons().getFirst().personId();
    marry(an, nam, "2020-01-01");
    VitalEvent correction =
        new VitalEvent.Correction(
            birth.eventId(),
            new VitalEvent.LiveBirth(
                Village.person("An", Sex.FEMALE, "2001-01-01"), Party.of(hoa), null));
    village.register(correction, "2001-01-01");
    assertEquals("2001-01-01", person(an).particulars().dateOfBirth().toString());
    UUID again = village.ledger.events().getLast().id();
    refused(
        new VitalEvent.Correction(
            again,
            new VitalEvent.LiveBirth(
                Village.person("An", Sex.FEMALE, "2003-01-01"), Party.of(hoa), null)),
        "2003-01-01",
        "dateOfBirth",
        "marriage-age",
        400);
  }

  @Test
  void aCorrectionKeepsTheTypeAndTakesBackOnce() {
    Registration marriage = marry(hoa, nam, "2005-05-05");
    refused(
        new VitalEvent.Correction(marriage.eventId(), new VitalEvent.Death(hoa, null)),
        "2005-05-05",
        "type",
        "same-type",
        400);
    village.register(new VitalEvent.EventAnnulment(marriage.eventId(), "wrong"), "2007-01-01");
    HttpProblem twice =
        assertThrows(
            HttpProblem.class,
            () ->
                village.register(
                    new VitalEvent.EventAnnulment(marriage.eventId(), "wrong"), "2007-01-01"));
    assertEquals("event/stands", twice.getParameters().get("rule"));
    assertEquals(MaritalStatus.SINGLE, status(hoa));
  }

  @Test
  void aNumberStaysWithWhoeverEnteredByACorrectedEvent() {
    String number = String.valueOf(person(hoa).personalNumber());
    UUID entry = village.ledger.entries(hoa).getFirst().eventId();
    village.register(
        new VitalEvent.Correction(
            entry,
            new VitalEvent.FirstRegistration(
                Village.person("Hoa", Sex.FEMALE, "1981-01-01"), List.of())),
        "1981-01-01");
    assertEquals(number, person(hoa).personalNumber());
    assertEquals("1981-01-01", person(hoa).particulars().dateOfBirth().toString());
  }
}
