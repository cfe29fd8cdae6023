package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.registry.vitalevent.book.Village.day;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** What holds for whoever enters the register. */
class EnteringTest extends Villagers {

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
