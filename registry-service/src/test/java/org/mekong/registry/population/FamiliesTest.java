package org.mekong.registry.population;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mekong.registry.identifier.VietnameseNumbers;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Person;

class FamiliesTest {

  private static final NationProfile VN = NationProfile.of(Nation.VN);
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final int PERSONS = 20_000;

  private final Families families = Families.plan(VN, PERSONS, 42, DAY);

  @Test
  void oneSeedMakesOnePopulation() {
    Families again = Families.plan(VN, PERSONS, 42, DAY);
    Families other = Families.plan(VN, PERSONS, 43, DAY);

    assertArrayEquals(families.birth, again.birth);
    assertArrayEquals(families.spouse, again.spouse);
    assertArrayEquals(families.mother, again.mother);
    assertNotEquals(families.birth[0] + families.birth[1], other.birth[0] + other.birth[1]);
    assertEquals(synthesis(families).person(7), synthesis(again).person(7));
  }

  @Test
  void marriagesHaveTwoSidesOfLegalAge() {
    for (int i = 0; i < families.size(); i++) {
      int spouse = families.spouse[i];
      boolean married =
          families.status[i] == MaritalStatus.MARRIED
              || families.status[i] == MaritalStatus.SEPARATED;
      assertEquals(married, spouse != Families.NOBODY);
      if (married) {
        assertEquals(i, families.spouse[spouse]);
        assertNotEquals(families.male[i], families.male[spouse]);
      }
    }
  }

  @Test
  void mothersAreOlderThanTheirChildren() {
    int children = 0;
    for (int i = 0; i < families.size(); i++) {
      int mother = families.mother[i];
      if (mother != Families.NOBODY) {
        int years = (families.birth[i] - families.birth[mother]) / 365;
        assertTrue(years >= 18 && years <= 45, years + " years");
        assertNotEquals(true, families.male[mother]);
        children++;
      }
    }
    assertTrue(children > PERSONS / 5);
  }

  @Test
  void hasTheShapeOfTheNation() {
    long young = IntStream.range(0, PERSONS).filter(i -> families.age(i) < 15).count();
    long men = IntStream.range(0, PERSONS).filter(i -> families.male[i]).count();

    assertEquals(0.225, young / (double) PERSONS, 0.02);
    assertEquals(0.499, men / (double) PERSONS, 0.02);
  }

  @Test
  void numbersDifferAndNamesHaveTheirShares() {
    Synthesis synthesis = synthesis(families);
    List<Person> persons = IntStream.range(0, PERSONS).mapToObj(synthesis::person).toList();
    Set<String> numbers = new HashSet<>();
    persons.forEach(person -> numbers.add(person.personalNumber()));
    long nguyen =
        persons.stream()
            .filter(p -> "Nguyễn".equals(p.particulars().names().getFirst().family()))
            .count();

    assertEquals(PERSONS, numbers.size());
    assertEquals(0.315, nguyen / (double) PERSONS, 0.015);
  }

  private static Synthesis synthesis(Families families) {
    return new Synthesis(VN, new VietnameseNumbers(VN), families, 42, DAY);
  }
}
