package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** A merge that is taken back, and brought back, and taken back again. */
class SplittingTest {

  private static final Household HEAD = new Household(new UUID(7, 1), "head");

  private final Village village = new Village(Nation.VN, 1);
  private UUID survivor;
  private UUID duplicate;
  private UUID husband;
  private UUID merge;
  private Map<UUID, Person> merged;

  @BeforeEach
  void mergeAWifeWhoDivorcesAfterwards() {
    survivor = village.enter("Hoa", Sex.FEMALE, "1980-03-08");
    duplicate = village.enter("Hoa", Sex.FEMALE, "1980-03-08");
    husband = village.enter("Nam", Sex.MALE, "1978-01-01");
    village.register(new VitalEvent.Marriage(Party.of(duplicate), Party.of(husband)), "2005-05-05");
    village.register(new VitalEvent.HouseholdChange(duplicate, HEAD), "2008-01-01");
    merge =
        village.register(new VitalEvent.Merge(survivor, duplicate, null), "2010-01-01").eventId();
    village.register(new VitalEvent.Divorce(Party.of(survivor), Party.of(husband)), "2012-12-12");
    merged = village.documents();
    assertEquals(MaritalStatus.DIVORCED, status(survivor));
  }

  @Test
  void theSplitGivesTheDivorceToWhomItHappened() {
    split();
    assertEquals(MaritalStatus.SINGLE, status(survivor));
    assertEquals(MaritalStatus.DIVORCED, status(duplicate));
    assertEquals(MaritalStatus.DIVORCED, status(husband));
  }

  @Test
  void annullingTheSplitBringsTheMergeBackWithTheDivorce() {
    annul(split());
    assertEquals(merged, village.documents());
  }

  @Test
  void annullingThatAnnulmentSplitsAgain() {
    UUID split = split();
    Map<UUID, Person> apart = village.documents();
    UUID annulment = annul(split);
    UUID again = annul(annulment);
    assertEquals(apart, village.documents());
    annul(again);
    assertEquals(merged, village.documents());
    split();
    assertEquals(apart, village.documents());
  }

  @Test
  void nobodyComesBackByAnAnnulmentAsTheSecondHeadOfAHousehold() {
    UUID annulment = annul(split());
    village.register(new VitalEvent.HouseholdChange(survivor, HEAD), "2014-01-01");
    Map<UUID, Person> before = village.documents();
    HttpProblem refused = assertThrows(HttpProblem.class, () -> annul(annulment));
    assertTrue(
        refused.getParameters().get("violations") instanceof List<?> broken
            && broken.getFirst() instanceof Violation of
            && of.rule().equals("one-head"),
        () -> refused.getDetail() + refused.getParameters());
    assertEquals(before, village.documents());
  }

  private UUID split() {
    return village.register(new VitalEvent.Split(merge), "2020-01-01").eventId();
  }

  private UUID annul(UUID event) {
    return village
        .register(new VitalEvent.EventAnnulment(event, "by mistake"), "2021-01-01")
        .eventId();
  }

  private MaritalStatus status(UUID person) {
    return village.documents().get(person).particulars().maritalStatus();
  }
}
