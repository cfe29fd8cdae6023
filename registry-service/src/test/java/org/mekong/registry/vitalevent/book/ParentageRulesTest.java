package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Who can be whose parent, and what is told of a birth. */
class ParentageRulesTest extends Villagers {

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

  private void refusedBirth(
      String on, @Nullable UUID mother, @Nullable UUID father, String field, String rule) {
    HttpProblem refused =
        assertThrows(HttpProblem.class, () -> village.born("Moi", Sex.MALE, on, mother, father));
    holds(refused, field, rule, 400);
  }

  private void birthRefused(Particulars child, String on, String field, String rule) {
    refused(new VitalEvent.LiveBirth(child, Party.of(hoa), null), on, field, rule, 400);
  }
}
