package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mekong.registry.vitalevent.book.Village.day;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.vitalevent.VitalEvent;

/** What holds for one person by themselves. */
class PersonalRulesTest extends Villagers {

  @Test
  void nationalitiesAreKnownAcquiredOnceAndLostWhenHeld() {
    refused(nationality(Set.of("XX"), Set.of()), "2006-01-01", "acquired[0]", "known-code", 400);
    refused(nationality(Set.of(), Set.of()), "2006-01-01", "acquired", "required", 400);
    refused(
        nationality(Set.of("LA"), Set.of("LA")), "2006-01-01", "acquired", "acquired-or-lost", 400);
    refused(nationality(Set.of("VN"), Set.of()), "2006-01-01", "person", "nationality-once", 409);
    refused(nationality(Set.of(), Set.of("LA")), "2006-01-01", "person", "nationality-known", 409);
    village.register(nationality(Set.of("LA"), Set.of("VN")), "2006-01-01");
    assertEquals(List.of("LA"), person(hoa).particulars().nationalities());
  }

  @Test
  void onlyTheMissingAreFoundAndNobodyTwice() {
    refused(new VitalEvent.Found(hoa), "2006-01-01", "person", "life-status", 409);
    village.register(new VitalEvent.DeclaredMissing(hoa), "2006-01-01");
    refused(new VitalEvent.DeclaredMissing(hoa), "2007-01-01", "person", "life-status", 409);
    village.register(new VitalEvent.Death(hoa, null), "2008-01-01");
    refused(new VitalEvent.Found(hoa), "2009-01-01", "person", "alive", 409);
  }

  @Test
  void codesAndReasonsAreRead() {
    refused(new VitalEvent.Death(hoa, "heart"), "2006-01-01", "cause", "icd-10", 400);
    refused(new VitalEvent.SexCorrection(hoa, Sex.FEMALE), "2006-01-01", "sex", "differs", 400);
    refused(
        new VitalEvent.SexCorrection(hoa, Sex.NOT_KNOWN), "2006-01-01", "sex", "known-code", 400);
    refused(new VitalEvent.NumberReplacement(hoa, " "), "2006-01-01", "reason", "not-empty", 400);
    refused(new VitalEvent.NameChange(hoa, List.of()), "2006-01-01", "names", "official-name", 400);
    refused(
        new VitalEvent.ParticularsChange(
            hoa, Set.of(PersonField.RELIGION), null, null, "jedi", "A+", null, null),
        "2006-01-01",
        "bloodGroup",
        "named-field",
        400);
  }

  @Test
  void aDeathIsNotBeforeTheBirthNorInTheFuture() {
    refused(
        new VitalEvent.Death(hoa, null),
        "1979-12-31",
        "circumstances.occurredOn",
        "after-birth",
        400);
    refused(
        new VitalEvent.Death(hoa, null),
        "2026-06-02",
        "circumstances.occurredOn",
        "not-in-future",
        400);
    HttpProblem early =
        assertThrows(
            HttpProblem.class,
            () ->
                village.register(
                    new VitalEvent.Death(hoa, null), day("2020-01-02"), LocalDate.of(2020, 1, 1)));
    holds(early, "circumstances.occurredOn", "before-registration", 400);
  }

  @Test
  void aDeathInAYearLeavesRoomForTheYear() {
    village.register(new VitalEvent.Death(nam, null), "2006");
    marry(hoa, nam, "2006-05-05");
    assertEquals(MaritalStatus.WIDOWED, status(hoa));
    refused(marriage(hoa, nam), "2007-01-01", "spouses[1]", "alive", 409);
  }

  @Test
  void lateRegistrationIsTold() {
    Registration late =
        village.register(
            new VitalEvent.Death(hoa, null), day("2026-01-01"), LocalDate.of(2026, 1, 17));
    assertEquals("late-registration", late.warnings().getFirst().rule());
    Registration inTime =
        village.register(
            new VitalEvent.Death(nam, null), day("2026-01-01"), LocalDate.of(2026, 1, 16));
    assertEquals(List.of(), inTime.warnings());
  }

  private VitalEvent nationality(Set<String> acquired, Set<String> lost) {
    return new VitalEvent.NationalityChange(hoa, acquired, lost);
  }
}
