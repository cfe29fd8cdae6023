package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Household;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.VitalEvent;

/** Where somebody lives, and with whom. */
class HouseholdRulesTest extends Villagers {

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
  void nobodyComesBackToLifeAsTheSecondHead() {
    join(nam, "head", "2005-01-01");
    UUID death = village.register(new VitalEvent.Death(nam, null), "2010-01-01").eventId();
    join(hoa, "head", "2010-01-02");
    VitalEvent annulment = new VitalEvent.EventAnnulment(death, "he lives");
    refused(annulment, "2011-01-01", "event", "one-head", 400);
    VitalEvent other = new VitalEvent.Correction(death, new VitalEvent.Death(long1, null));
    refused(other, "2010-01-01", "event", "one-head", 400);

    join(hoa, "spouse", "2012-01-01");
    village.register(annulment, "2012-01-02");
    assertEquals(new Household(home, "head"), person(nam).particulars().household());
  }

  @Test
  void nobodyWhoStayedIsTheSecondHead() {
    join(nam, "head", "2005-01-01");
    UUID leaves = join(nam, null, "2010-01-01");
    join(hoa, "head", "2010-01-02");
    refused(
        new VitalEvent.EventAnnulment(leaves, "he stayed"), "2011-01-01", "event", "one-head", 400);
    VitalEvent.HouseholdChange leave = new VitalEvent.HouseholdChange(nam, null);
    refused(new VitalEvent.Correction(leaves, leave), "2004-01-01", "person", "one-head", 400);
    village.register(new VitalEvent.Correction(leaves, leave), "2010-01-05");
    assertNull(person(nam).particulars().household());
  }

  @Test
  void nobodyIsTheSecondHeadByTheAnnulmentOfAnAnnulment() {
    UUID joins = join(nam, "head", "2005-01-01");
    UUID annulment =
        village
            .register(new VitalEvent.EventAnnulment(joins, "another man"), "2006-01-01")
            .eventId();
    join(hoa, "head", "2007-01-01");
    refused(
        new VitalEvent.EventAnnulment(annulment, "him after all"),
        "2008-01-01",
        "event",
        "one-head",
        400);
  }

  @Test
  void aHeadWhoWasOneAllAlongIsNoSecondOne() {
    join(nam, "head", "2005-01-01");
    UUID moved =
        village
            .register(
                VitalEvent.ResidenceChange.of(
                    nam, Residence.Kind.PERMANENT, new Place("VN", "44", null), null),
                "2006-01-01")
            .eventId();
    village.register(new VitalEvent.EventAnnulment(moved, "he stayed"), "2007-01-01");
    assertEquals(new Household(home, "head"), person(nam).particulars().household());
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
        new VitalEvent.ResidenceChange(List.of(mover, mover), Residence.Kind.PERMANENT, null, null),
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

  private UUID join(UUID person, @Nullable String relationToHead, String on) {
    Household household = relationToHead == null ? null : new Household(home, relationToHead);
    return village.register(new VitalEvent.HouseholdChange(person, household), on).eventId();
  }
}
