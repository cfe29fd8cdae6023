package org.mekong.registry.vitalevent.book;

import java.util.List;
import java.util.UUID;
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
}
