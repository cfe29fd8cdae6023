package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Which two records are one person. */
class MergeRulesTest extends Villagers {

  @Test
  void twoWhoContradictEachOtherNeedAReason() {
    refused(new VitalEvent.Merge(hoa, hoa, null), "2010-01-01", "duplicate", "another-person", 400);
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
    refused(new VitalEvent.Merge(hoa, other, null), "2010-01-01", "duplicate", "married-once", 400);
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
    Registration merge = village.register(new VitalEvent.Merge(hoa, duplicate, null), "2010-01-01");
    assertEquals(MaritalStatus.MARRIED, status(hoa));
    assertTrue(person(hoa).earlierNumbers().contains(number));
    assertTrue(
        person(nam)
            .particulars()
            .relationships()
            .contains(Party.of(hoa).as(Relationship.Kind.SPOUSE)));
    refused(new VitalEvent.EventAnnulment(merge.eventId(), "wrong"), "2011-01-01", null, null, 409);
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
