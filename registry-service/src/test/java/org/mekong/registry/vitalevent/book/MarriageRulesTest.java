package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Who may marry whom, and which marriage ends. */
class MarriageRulesTest extends Villagers {

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
