package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.registry.vitalevent.book.Village.day;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Each rule of events, refused by its name at the member of the request that breaks it. */
class EventRulesTest {

  private Village village = new Village(Nation.VN, 1);
  private UUID hoa = UUID.randomUUID();
  private UUID nam = hoa;
  private UUID long1 = hoa;

  @BeforeEach
  void settle() {
    village = new Village(Nation.VN, 1);
    hoa = village.enter("Hoa", Sex.FEMALE, "1980-03-08");
    nam = village.enter("Nam", Sex.MALE, "1978-01-01");
    long1 = village.enter("Long", Sex.MALE, "1979-01-01");
  }

  @Nested
  class Marriages {

    @Test
    void nobodyMarriesTwice() {
      marry(hoa, nam, "2005-05-05");
      refused(marriage(hoa, long1), "2010-01-01", "spouses[0]", "married-once", 409);
    }

    @Test
    void nobodyDeadMarries() {
      village.register(new VitalEvent.Death(nam, null), "2004-05-05");
      refused(marriage(hoa, nam), "2005-05-05", "spouses[1]", "alive", 409);
    }

    @Test
    void aWidowMarriesAgain() {
      marry(hoa, nam, "2005-05-05");
      village.register(new VitalEvent.Death(nam, null), "2006-05-05");
      assertEquals(MaritalStatus.WIDOWED, status(hoa));
      marry(hoa, long1, "2010-01-01");
    }

    @Test
    void theLegalAgeIsTheNations() {
      UUID young = village.enter("Minh", Sex.MALE, "1990-06-01");
      refused(marriage(hoa, young), "2010-05-31", "spouses[1]", "marriage-age", 400);
      marry(hoa, young, "2010-06-01");

      Village lao = new Village(Nation.LA, 1);
      UUID woman = lao.register(laoFirst(Sex.FEMALE), "1990-06-01").persons().getFirst().personId();
      UUID man = lao.register(laoFirst(Sex.MALE), "1990-06-01").persons().getFirst().personId();
      lao.register(marriage(woman, man), "2008-06-01");
    }

    @Test
    void aYearOfBirthAloneRefusesOnlyWhatIsCertain() {
      UUID young = village.enter("Minh", Sex.MALE, "1990");
      refused(marriage(hoa, young), "2009-12-31", "spouses[1]", "marriage-age", 400);
      marry(hoa, young, "2010-01-01");
    }

    @Test
    void noManMarriesAManAndNobodyThemselves() {
      refused(marriage(nam, long1), "2005-05-05", "spouses", "man-and-woman", 400);
      refused(marriage(nam, nam), "2005-05-05", "spouses[1]", "another-person", 400);
    }

    @Test
    void noMarriageWithinTheFamily() {
      UUID mother = village.enter("Lan", Sex.FEMALE, "1960-01-01");
      UUID son = village.born("An", Sex.MALE, "1985-01-01", mother, null);
      UUID daughter = village.born("Binh", Sex.FEMALE, "1988-01-01", mother, null);
      refused(marriage(mother, son), "2010-01-01", "spouses", "not-parent-and-child", 400);
      refused(marriage(daughter, son), "2010-01-01", "spouses", "not-siblings", 400);
      UUID adopted = village.enter("Chi", Sex.FEMALE, "1989-01-01");
      village.register(
          new VitalEvent.Adoption(adopted, List.of(Party.of(mother)), null), "1999-01-01");
      refused(marriage(adopted, son), "2010-01-01", "spouses", "not-siblings", 400);
    }

    @Test
    void oneOfThemStandsInTheRegister() {
      Party abroad = new Party(null, "Bounmy");
      refused(
          new VitalEvent.Marriage(abroad, abroad), "2005-05-05", "spouses", "one-in-register", 400);
      village.register(new VitalEvent.Marriage(Party.of(hoa), abroad), "2005-05-05");
      village.register(new VitalEvent.Divorce(Party.of(hoa), abroad), "2006-05-05");
      assertEquals(MaritalStatus.DIVORCED, status(hoa));
    }

    @Test
    void onlyThatMarriageEnds() {
      marry(hoa, nam, "2005-05-05");
      VitalEvent divorce = new VitalEvent.Divorce(Party.of(hoa), Party.of(long1));
      refused(divorce, "2006-05-05", "spouses[0]", "relative-known", 409);
      refused(
          new VitalEvent.JudicialSeparation(Party.of(long1), Party.of(nam)),
          "2006-05-05",
          "spouses[0]",
          "married",
          409);
    }

    @Test
    void anAnnulledMarriageLeavesTheStatusBefore() {
      marry(hoa, nam, "2005-05-05");
      village.register(new VitalEvent.Divorce(Party.of(hoa), Party.of(nam)), "2006-05-05");
      marry(hoa, long1, "2008-05-05");
      village.register(
          new VitalEvent.MarriageAnnulment(Party.of(hoa), Party.of(long1)), "2009-05-05");
      assertEquals(MaritalStatus.DIVORCED, status(hoa));
      assertEquals(MaritalStatus.SINGLE, status(long1));
    }

    @Test
    void aMarriageToldAfterADeathMakesAWidow() {
      village.register(new VitalEvent.Death(nam, null), "2015-05-05");
      Registration late = marry(hoa, nam, "2005-05-05");
      assertEquals(MaritalStatus.WIDOWED, status(hoa));
      assertEquals(3, late.persons().getFirst().version(), "the marriage, and the death");
      village.register(new VitalEvent.EventAnnulment(late.eventId(), "wrong"), "2016-01-01");
      assertEquals(MaritalStatus.SINGLE, status(hoa));
    }
  }

  @Nested
  class Births {

    @Test
    void aParentIsOlderAndOfTheirSex() {
      refusedBirth("1990-01-01", hoa, null, "mother", "parent-older");
      refusedBirth("2005-01-01", nam, null, "mother", "parent-sex");
      refusedBirth("2005-01-01", null, hoa, "father", "parent-sex");
      refusedBirth("2005-01-01", hoa, hoa, "father", "another-person");
    }

    @Test
    void aMotherIsNotOverSixty() {
      UUID old = village.enter("Lan", Sex.FEMALE, "1940-01-01");
      refusedBirth("2001-01-01", old, null, "mother", "mother-age");
      village.born("An", Sex.MALE, "2000-12-31", old, null);
    }

    @Test
    void theMotherLivesAndTheFatherMayBeDeadForAWhile() {
      village.register(new VitalEvent.Death(nam, null), "2004-01-01");
      refusedBirth("2004-10-28", hoa, nam, "father", "father-alive");
      village.born("An", Sex.MALE, "2004-10-27", hoa, nam);
      village.register(new VitalEvent.Death(hoa, null), "2006-01-01");
      refusedBirth("2006-01-02", hoa, null, "mother", "mother-alive");
    }

    @Test
    void birthsAreOfOneDeliveryOrHalfAYearApart() {
      village.born("An", Sex.MALE, "2004-01-01", hoa, null);
      village.born("Anh", Sex.MALE, "2004-01-02", hoa, null);
      refusedBirth("2004-06-01", hoa, null, "mother", "births-apart");
      refusedBirth("2003-10-01", hoa, null, "mother", "births-apart");
      village.born("Binh", Sex.MALE, "2004-12-01", hoa, null);
    }

    @Test
    void nobodyDiesBeforeTheirChildIsBorn() {
      village.born("An", Sex.MALE, "2004-01-01", hoa, nam);
      refused(new VitalEvent.Death(hoa, null), "2003-12-31", "deceased", "parent-alive", 400);
      refused(new VitalEvent.Death(nam, null), "2003-01-01", "deceased", "parent-alive", 400);
    }

    @Test
    void aNewbornIsSingleAliveAndBornWhenTheEventOccurred() {
      Particulars child = Village.person("An", Sex.MALE, "2004-01-01");
      birthRefused(child, "2004-01-02", "child.dateOfBirth", "birth-is-occurrence");
      birthRefused(
          child.but().maritalStatus(MaritalStatus.WIDOWED).build(),
          "2004-01-01",
          "child.maritalStatus",
          "newborn");
      birthRefused(
          child.but().lifeStatus(LifeStatus.DEAD).build(),
          "2004-01-01",
          "child.lifeStatus",
          "newborn");
      birthRefused(
          child.but().relationships(List.of(Party.of(hoa).as(Relationship.Kind.MOTHER))).build(),
          "2004-01-01",
          "child.relationships",
          "newborn");
    }

    @Test
    void aFoetalDeathHasALivingMotherOfAnAgeToBear() {
      refused(new VitalEvent.FoetalDeath(nam, 30, null), "2004-01-01", "mother", "parent-sex", 400);
      refused(
          new VitalEvent.FoetalDeath(hoa, 50, null), "2004-01-01", "gestationWeeks", "range", 400);
      refused(new VitalEvent.FoetalDeath(hoa, 30, null), "1990-01-01", "mother", "mother-age", 400);
      village.register(new VitalEvent.Death(hoa, null), "2006-01-01");
      refused(new VitalEvent.FoetalDeath(hoa, 30, null), "2007-01-01", "mother", "alive", 400);
    }

    @Test
    void recognitionNeedsThatThereIsNoOtherParent() {
      UUID child = village.born("An", Sex.MALE, "2004-01-01", hoa, nam);
      refused(
          new VitalEvent.Recognition(child, Party.of(long1), true),
          "2005-01-01",
          "parent",
          "no-other-parent",
          400);
      refused(
          new VitalEvent.Recognition(child, Party.of(nam), true),
          "2005-01-01",
          "parent",
          "not-recognised",
          400);
    }

    @Test
    void legitimationNeedsMarriedParents() {
      UUID child = village.born("An", Sex.MALE, "2004-01-01", hoa, null);
      VitalEvent legitimation = new VitalEvent.Legitimation(child, Party.of(nam), Party.of(hoa));
      refused(legitimation, "2005-01-01", "father", "parents-married", 400);
      marry(hoa, nam, "2004-06-01");
      village.register(legitimation, "2005-01-01");
      assertTrue(
          person(child)
              .particulars()
              .relationships()
              .contains(Party.of(nam).as(Relationship.Kind.FATHER)));
    }
  }

  @Nested
  class Care {

    @Test
    void adoptersAreOlderMarriedToEachOtherAndLive() {
      UUID child = village.enter("An", Sex.MALE, "1999-01-01");
      refusedAdoption(child, "parents[0]", "adopter-older", hoa);
      UUID small = village.enter("Be", Sex.MALE, "2004-01-01");
      refusedAdoption(small, "parents[0]", "adopters-married", hoa, nam);
      marry(hoa, nam, "2005-01-01");
      village.register(
          new VitalEvent.Adoption(small, List.of(Party.of(hoa), Party.of(nam)), null),
          "2010-01-01");
      refusedAdoption(small, "parents[0]", "not-own-child", hoa);
      refusedAdoption(small, "parents[0]", "another-person", small);
    }

    @Test
    void nobodyGrownIsAdoptedButByTheSpouseOfAParent() {
      UUID child = village.born("An", Sex.MALE, "1999-01-01", hoa, null);
      VitalEvent adoption = new VitalEvent.Adoption(child, List.of(Party.of(nam)), null);
      refused(adoption, "2015-02-01", "child", "adoptee-age", 400);
      marry(hoa, nam, "2005-01-01");
      village.register(adoption, "2015-02-01");
    }

    @Test
    void aWardIsAMinorOrIncapableAndAGuardianGrown() {
      UUID child = village.enter("An", Sex.MALE, "2005-01-01");
      refused(
          new VitalEvent.Guardianship(nam, Party.of(hoa), false, false),
          "2010-01-01",
          "ward",
          "ward",
          400);
      refused(
          new VitalEvent.Guardianship(nam, Party.of(child), false, true),
          "2010-01-01",
          "guardian",
          "guardian-age",
          400);
      village.register(new VitalEvent.Guardianship(nam, Party.of(hoa), false, true), "2010-01-01");
      refused(
          new VitalEvent.Guardianship(child, Party.of(nam), false, false),
          "2010-01-02",
          "guardian",
          "guardian-capable",
          400);
      village.register(new VitalEvent.Guardianship(nam, Party.of(hoa), true, true), "2011-01-01");
    }
  }

  @Nested
  class Places {

    private final UUID home = UUID.randomUUID();

    @Test
    void aHouseholdHasOneHead() {
      village.register(
          new VitalEvent.HouseholdChange(nam, new Household(home, "head")), "2005-01-01");
      refused(
          new VitalEvent.HouseholdChange(hoa, new Household(home, "head")),
          "2006-01-01",
          "household",
          "one-head",
          400);
      refused(
          new VitalEvent.HouseholdChange(hoa, new Household(home, "head")),
          "2004-01-01",
          "household",
          "one-head",
          400);
      village.register(new VitalEvent.Death(nam, null), "2010-01-01");
      village.register(
          new VitalEvent.HouseholdChange(hoa, new Household(home, "head")), "2010-01-02");
    }

    @Test
    void provincesRelationsAndMoversAreKnown() {
      VitalEvent.Mover mover = new VitalEvent.Mover(hoa, null);
      Place nowhere = new Place("VN", "99", null);
      refused(
          new VitalEvent.ResidenceChange(List.of(mover), Residence.Kind.PERMANENT, nowhere, null),
          "2006-01-01",
          "to.province",
          "known-code",
          400);
      refused(
          new VitalEvent.ResidenceChange(
              List.of(mover, mover), Residence.Kind.PERMANENT, null, null),
          "2006-01-01",
          "persons[1]",
          "unique",
          400);
      refused(
          new VitalEvent.ResidenceChange(List.of(mover), Residence.Kind.PERMANENT, null, home),
          "2006-01-01",
          "persons[0].relationToHead",
          "with-household",
          400);
      refused(
          new VitalEvent.ResidenceChange(
              List.of(mover), Residence.Kind.TEMPORARY_ABSENCE, null, null),
          "2006-01-01",
          "persons[0]",
          "residence-known",
          409);
      village.register(
          new VitalEvent.ResidenceChange(
              List.of(mover), Residence.Kind.TEMPORARY_ABSENCE, new Place("LA", null, null), null),
          "2006-01-01");
      village.register(
          new VitalEvent.ResidenceChange(
              List.of(mover), Residence.Kind.TEMPORARY_ABSENCE, null, null),
          "2007-01-01");
    }
  }

  @Nested
  class OnePerson {

    @Test
    void nationalitiesAreKnownAcquiredOnceAndLostWhenHeld() {
      refused(nationality(Set.of("XX"), Set.of()), "2006-01-01", "acquired[0]", "known-code", 400);
      refused(nationality(Set.of(), Set.of()), "2006-01-01", "acquired", "required", 400);
      refused(
          nationality(Set.of("LA"), Set.of("LA")),
          "2006-01-01",
          "acquired",
          "acquired-or-lost",
          400);
      refused(nationality(Set.of("VN"), Set.of()), "2006-01-01", "person", "nationality-once", 409);
      refused(
          nationality(Set.of(), Set.of("LA")), "2006-01-01", "person", "nationality-known", 409);
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
      refused(
          new VitalEvent.NameChange(hoa, List.of()), "2006-01-01", "names", "official-name", 400);
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
                      new VitalEvent.Death(hoa, null),
                      day("2020-01-02"),
                      LocalDate.of(2020, 1, 1)));
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
  }

  @Nested
  class Entering {

    @Test
    void aSpouseInTheRegisterMarriesByAnEventOfItsOwn() {
      Particulars declared =
          Village.person("Mai", Sex.FEMALE, "1985-01-01")
              .but()
              .maritalStatus(MaritalStatus.MARRIED)
              .relationships(List.of(Party.of(nam).as(Relationship.Kind.SPOUSE)))
              .build();
      refused(
          new VitalEvent.FirstRegistration(declared, List.of()),
          "1985-01-01",
          "relationships[0].personId",
          "spouse-by-marriage",
          400);
    }

    @Test
    void aParentWhoEntersAfterTheirChildIsMutual() {
      Particulars declared =
          Village.person("Lan", Sex.FEMALE, "1955-01-01")
              .but()
              .relationships(List.of(Party.of(hoa).as(Relationship.Kind.CHILD)))
              .build();
      UUID mother =
          village
              .register(new VitalEvent.FirstRegistration(declared, List.of()), "1955-01-01")
              .persons()
              .getFirst()
              .personId();
      assertTrue(
          person(hoa)
              .particulars()
              .relationships()
              .contains(Party.of(mother).as(Relationship.Kind.MOTHER)));
    }

    @Test
    void somebodyDeclaredDeadLivedUntilThen() {
      Particulars declared =
          Village.person("Lan", Sex.FEMALE, "1930-01-01")
              .but()
              .lifeStatus(LifeStatus.DEAD)
              .dateOfDeath(day("1999"))
              .build();
      UUID id =
          village
              .register(new VitalEvent.FirstRegistration(declared, List.of()), "1930-01-01")
              .persons()
              .getFirst()
              .personId();
      Timeline life = Timeline.asFarAsItHolds(village.ledger.entries(id));
      assertEquals(
          LifeStatus.ALIVE,
          life.on(LocalDate.of(1998, 1, 1)).orElseThrow().person().particulars().lifeStatus());
      assertEquals(LifeStatus.DEAD, person(id).particulars().lifeStatus());
    }

    @Test
    void olderNumbersHaveAForm() {
      refused(
          new VitalEvent.FirstRegistration(
              Village.person("Mai", Sex.FEMALE, "1985-01-01"), List.of("12")),
          "1985-01-01",
          "earlierNumbers[0]",
          "number",
          400);
    }
  }

  @Nested
  class TakingBack {

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

  @Nested
  class Merging {

    @Test
    void twoWhoContradictEachOtherNeedAReason() {
      refused(
          new VitalEvent.Merge(hoa, hoa, null), "2010-01-01", "duplicate", "another-person", 400);
      refused(
          new VitalEvent.Merge(nam, long1, null),
          "2010-01-01",
          "confirmed",
          "merge-contradiction",
          400);
      village.register(new VitalEvent.Merge(nam, long1, "the same fingerprints"), "2010-01-01");
      refused(marriage(hoa, long1), "2011-01-01", "spouses[1]", "not-merged", 400);
    }

    @Test
    void relativesSpousesAndTheDeadAreNoDuplicates() {
      marry(hoa, nam, "2005-05-05");
      refused(
          new VitalEvent.Merge(hoa, nam, "alike"), "2010-01-01", "duplicate", "not-relatives", 400);
      UUID other = village.enter("Mai", Sex.FEMALE, "1980-03-08");
      marry(other, long1, "2006-05-05");
      refused(
          new VitalEvent.Merge(hoa, other, null), "2010-01-01", "duplicate", "married-once", 400);
      UUID dead = village.enter("Mai", Sex.FEMALE, "1980-03-08");
      village.register(new VitalEvent.Death(dead, null), "2009-01-01");
      refused(new VitalEvent.Merge(hoa, dead, null), "2010-01-01", "survivor", "death-first", 400);
    }

    @Test
    void aSplitBringsBothBackWithWhatTheyWere() {
      UUID duplicate = village.enter("Hoa", Sex.FEMALE, "1980-03-08");
      marry(duplicate, nam, "2005-05-05");
      Person before = person(duplicate);
      String number = String.valueOf(before.personalNumber());
      Registration merge =
          village.register(new VitalEvent.Merge(hoa, duplicate, null), "2010-01-01");
      assertEquals(MaritalStatus.MARRIED, status(hoa));
      assertTrue(person(hoa).earlierNumbers().contains(number));
      assertTrue(
          person(nam)
              .particulars()
              .relationships()
              .contains(Party.of(hoa).as(Relationship.Kind.SPOUSE)));
      refused(
          new VitalEvent.EventAnnulment(merge.eventId(), "wrong"), "2011-01-01", null, null, 409);
      village.register(new VitalEvent.Split(merge.eventId()), "2011-01-01");
      assertEquals(before, person(duplicate));
      assertEquals(MaritalStatus.SINGLE, status(hoa));
      refused(
          new VitalEvent.Split(village.ledger.entries(hoa).getFirst().eventId()),
          "2011-01-01",
          "merge",
          "merge",
          400);
    }
  }

  private Registration marry(UUID one, UUID other, String on) {
    return village.register(marriage(one, other), on);
  }

  private static VitalEvent marriage(UUID one, UUID other) {
    return new VitalEvent.Marriage(Party.of(one), Party.of(other));
  }

  private VitalEvent nationality(Set<String> acquired, Set<String> lost) {
    return new VitalEvent.NationalityChange(hoa, acquired, lost);
  }

  private void refusedBirth(
      String on, @Nullable UUID mother, @Nullable UUID father, String field, String rule) {
    HttpProblem refused =
        assertThrows(HttpProblem.class, () -> village.born("Moi", Sex.MALE, on, mother, father));
    holds(refused, field, rule, 400);
  }

  private void birthRefused(Particulars child, String on, String field, String rule) {
    refused(new VitalEvent.LiveBirth(child, Party.of(hoa), null), on, field, rule, 400);
  }

  private void refusedAdoption(UUID child, String field, String rule, UUID... parents) {
    List<Party> adopters = List.of(parents).stream().map(Party::of).toList();
    refused(new VitalEvent.Adoption(child, adopters, null), "2010-06-01", field, rule, 400);
  }

  private void refused(
      VitalEvent event, String on, @Nullable String field, @Nullable String rule, int status) {
    int before = village.ledger.events().size();
    HttpProblem refused = assertThrows(HttpProblem.class, () -> village.register(event, on));
    holds(refused, field, rule, status);
    assertEquals(before, village.ledger.events().size(), "nothing is registered");
  }

  private static void holds(
      HttpProblem refused, @Nullable String field, @Nullable String rule, int status) {
    assertEquals(status, refused.getStatusCode(), () -> String.valueOf(refused.getDetail()));
    if (field != null) {
      Object violations = refused.getParameters().get("violations");
      boolean found =
          violations instanceof List<?> list
              && list.stream()
                  .map(Violation.class::cast)
                  .anyMatch(v -> v.field().equals(field) && v.rule().equals(rule));
      assertTrue(found, field + " " + rule + " in " + violations);
    }
  }

  private Person person(UUID id) {
    Person person = village.documents().get(id);
    if (person == null) {
      throw new AssertionError("nobody");
    }
    return person;
  }

  private MaritalStatus status(UUID id) {
    return person(id).particulars().maritalStatus();
  }

  private static VitalEvent laoFirst(Sex sex) {
    Particulars of = Village.person("Bounmy", sex, "1990-06-01");
    return new VitalEvent.FirstRegistration(
        new Particulars(
            List.of(new PersonName(PersonName.Kind.OFFICIAL, NameScript.LAO, null, null, "ບຸນມີ")),
            of.dateOfBirth(),
            sex,
            null,
            "LA-SV",
            null,
            null,
            null,
            List.of("LA"),
            null,
            MaritalStatus.SINGLE,
            LifeStatus.ALIVE,
            null,
            List.of(),
            List.of(),
            null,
            null,
            null,
            false),
        List.of());
  }
}
