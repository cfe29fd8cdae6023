package org.mekong.registry.population.village;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.population.book.Life;
import org.mekong.registry.population.people.Demography;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

class VillageTest {

  private static final int PERSONS = 5_000;

  /** Making a village puts every event through the rules, and throws at the first that breaks. */
  @ParameterizedTest
  @CsvSource({"VN,1", "VN,7", "VN,42", "LA,1", "LA,7", "LA,42"})
  void everyEventAndEveryLifeKeepsTheRules(Nation nation, long seed) throws ChangeRefused {
    List<Village> villages = Populations.villages(nation, PERSONS, seed);

    assertEquals(PERSONS, Populations.lives(villages).size());
    for (Life life : Populations.lives(villages)) {
      Timeline replayed = Timeline.of(life.entries());
      assertEquals(replayed.versions(), life.timeline().versions());
      assertEquals(replayed.entries(), life.timeline().entries());
      for (int i = 0; i < life.entries().size(); i++) {
        assertEquals(i + 1, life.entries().get(i).seq());
        assertTrue(
            i == 0
                || !life.entries()
                    .get(i)
                    .recordedAt()
                    .isBefore(life.entries().get(i - 1).recordedAt()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"VN,3", "LA,3"})
  void relativesHoldEachOther(Nation nation, long seed) {
    Census census = Census.of(Populations.villages(nation, PERSONS, seed));
    List<String> onesided = new ArrayList<>();
    for (Person person : census.persons().values()) {
      for (Relationship relative : person.particulars().relationships()) {
        UUID id = relative.personId();
        if (id != null && person.particulars().lifeStatus() != LifeStatus.DEAD) {
          Particulars other = census.persons().get(id).particulars();
          boolean held =
              other.relationships().stream()
                  .filter(back -> person.id().equals(back.personId()))
                  .anyMatch(back -> mirrors(relative.kind(), back.kind()));
          if (!held) {
            onesided.add(relative.kind().code());
          }
        }
      }
    }
    assertEquals(List.of(), onesided);
  }

  private static boolean mirrors(Relationship.Kind kind, Relationship.Kind back) {
    return switch (kind) {
      case FATHER, MOTHER -> back == Relationship.Kind.CHILD;
      case CHILD -> back == Relationship.Kind.FATHER || back == Relationship.Kind.MOTHER;
      case ADOPTIVE_PARENT -> back == Relationship.Kind.ADOPTED_CHILD;
      case ADOPTED_CHILD -> back == Relationship.Kind.ADOPTIVE_PARENT;
      case SPOUSE -> back == Relationship.Kind.SPOUSE;
      case GUARDIAN -> back == Relationship.Kind.WARD;
      case WARD -> back == Relationship.Kind.GUARDIAN;
      case LEGAL_REPRESENTATIVE -> false;
    };
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void theMarriedAreAloneInHavingASpouse(Nation nation) {
    Census census = Census.of(Populations.villages(nation, PERSONS, 5));
    for (Particulars of : census.living()) {
      boolean married =
          of.maritalStatus() == MaritalStatus.MARRIED
              || of.maritalStatus() == MaritalStatus.SEPARATED;
      boolean spouse =
          of.relationships().stream().anyMatch(r -> r.kind() == Relationship.Kind.SPOUSE);
      assertEquals(married, spouse);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void everybodyLivesInAHouseholdWithOneHead(Nation nation) {
    List<Particulars> living = Census.of(Populations.villages(nation, PERSONS, 11)).living();

    assertTrue(living.stream().allMatch(of -> of.household() != null));
    Map<UUID, Long> heads =
        living.stream()
            .map(Particulars::household)
            .filter(Household.class::isInstance)
            .collect(
                Collectors.groupingBy(
                    Household::id,
                    Collectors.filtering(
                        home -> home.relationToHead().equals("head"), Collectors.counting())));
    assertEquals(Set.of(1L), new HashSet<>(heads.values()));
  }

  @ParameterizedTest
  @CsvSource({"VN,42,112", "LA,42,104.5"})
  void hasTheShapeOfTheNation(Nation nation, long seed, double boys) {
    Demography shape = Demography.of(nation);
    Census census = Census.of(Populations.villages(nation, 4 * PERSONS, seed));

    for (int age = 0; age < 80; age += 5) {
      for (Sex sex : List.of(Sex.MALE, Sex.FEMALE)) {
        double expected = 0;
        for (int year = age; year < age + 5; year++) {
          expected += shape.share(year, sex == Sex.MALE);
        }
        assertEquals(expected, census.share(age, sex), 0.35, sex + " from " + age);
      }
    }
    assertEquals(boys, census.sexRatioAtBirth(), 3);
    assertEquals(shape.totalFertility(), census.totalFertility(), 0.12);
    assertEquals(nation == Nation.VN ? 3.5 : 5.0, census.householdSize(), 0.2);
    double deaths =
        census.all(of -> of.dateOfDeath() != null).stream()
            .filter(of -> of.dateOfDeath() != null)
            .filter(of -> of.dateOfDeath().earliest().isAfter(Populations.DAY.minusYears(5)))
            .count();
    double rate = 1000 * deaths / 5 / census.living().size();
    assertEquals(shape.deathsPerThousand(), rate, 0.6);
  }

  @ParameterizedTest
  @CsvSource({"VN,Nguyễn,31.4", "VN,Trần,9.7", "VN,Lê,9.0"})
  void familyNamesHaveTheirShares(Nation nation, String family, double share) {
    Census census = Census.of(Populations.villages(nation, 4 * PERSONS, 42));
    long bearers = census.all(of -> family.equals(of.names().getFirst().family())).size();
    assertEquals(share, 100.0 * bearers / census.persons().size(), 2.5);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void numbersAreWellFormedAndGivenOnce(Nation nation) {
    Settlement settlement = Populations.settlement(nation, PERSONS, 9);
    Set<String> numbers = new HashSet<>();
    int given = 0;
    for (Village village : Populations.villages(nation, PERSONS, 9)) {
      for (Life life : village.lives()) {
        assertTrue(settlement.scheme.isWellFormed(String.valueOf(life.person().personalNumber())));
        numbers.add(life.person().personalNumber());
        numbers.addAll(life.person().earlierNumbers());
        given += 1 + life.person().earlierNumbers().size();
      }
    }
    assertEquals(given, numbers.size());
    assertTrue(given > PERSONS);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void tellsEveryKindOfEvent(Nation nation) {
    Set<String> told =
        Populations.villages(nation, 6 * PERSONS, 42).stream()
            .flatMap(village -> village.events().stream())
            .map(RegisteredEvent::event)
            .map(VitalEvent::type)
            .collect(Collectors.toSet());
    Set<String> missing =
        java.util.Arrays.stream(VitalEvent.class.getPermittedSubclasses())
            .map(VitalEvent::typeOf)
            .filter(type -> !told.contains(type))
            .collect(Collectors.toSet());
    assertEquals(Set.of("merge", "split"), missing);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void oneSeedMakesOneVillageInWhateverOrder(Nation nation) {
    Settlement one = Populations.settlement(nation, PERSONS, 42);
    Village second = one.village(1);
    one.village(0);

    assertEquals(second.events(), one.village(1).events());
    assertNotEquals(
        second.events().getFirst(),
        Populations.settlement(nation, PERSONS, 43).village(1).events().getFirst());
  }

  @ParameterizedTest
  @CsvSource({"VN,1", "VN,2", "LA,5", "LA,100", "VN,500"})
  void smallRegistersHoldAsManyAsAskedFor(Nation nation, int persons) {
    assertEquals(persons, Populations.lives(Populations.villages(nation, persons, 42)).size());
  }
}
