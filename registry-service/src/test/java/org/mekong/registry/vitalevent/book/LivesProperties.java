package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Whatever happens in whatever order, the register stays sound. */
class LivesProperties {

  private static final int EVENTS = 40;

  @Property(tries = 150)
  void aRegisterStaysSoundWhateverHappens(@ForAll long seed) throws ChangeRefused {
    Random random = new Random(seed);
    Village village = village(random);
    for (int i = 0; i < EVENTS; i++) {
      happen(village, random, i);
      check(village);
    }
  }

  /** Found once: a merge of a year in which the survivor's marriage was annulled. */
  @Example
  void aMergeHoldsFromADayOnWhichNobodyHasTwoSpouses() throws ChangeRefused {
    aRegisterStaysSoundWhateverHappens(-7546338084831338997L);
  }

  /** Found once: a dead survivor was merged with somebody who married after that death. */
  @Example
  void theDeadAreNotMergedWithWhoeverLivedOn() throws ChangeRefused {
    aRegisterStaysSoundWhateverHappens(-7546338138147630170L);
  }

  /** Found once: a merged head of a household comes back after another became its head. */
  @Example
  void nobodyComesBackAsTheSecondHeadOfAHousehold() throws ChangeRefused {
    aRegisterStaysSoundWhateverHappens(1097L);
  }

  /** Found once: the death of a head is annulled after another became head. */
  @Example
  void nobodyComesBackToLifeAsTheSecondHeadOfAHousehold() throws ChangeRefused {
    aRegisterStaysSoundWhateverHappens(-2636L);
  }

  /** Found once: a dead child's widow, their father too, was merged into somebody else. */
  @Example
  void theDeadKeepTheirSpouseWhenTheWidowIsMerged() throws ChangeRefused {
    aRegisterStaysSoundWhateverHappens(-8178429815966923855L);
  }

  @Property(tries = 150)
  void takingEverythingBackInReverseLeadsToTheStart(@ForAll long seed) {
    Random random = new Random(seed);
    Village village = village(random);
    Map<UUID, Person> start = village.documents();
    List<UUID> before = village.registered();
    for (int i = 0; i < EVENTS; i++) {
      happen(village, random, i);
    }
    takeBack(village, before);
    assertEquals(start, village.documents());
  }

  /** Found once: a death before a merge is registered after it, and reaches who was merged. */
  @Example
  void whatCameAfterAMergeIsTakenBackBeforeIt() {
    takingEverythingBackInReverseLeadsToTheStart(-2094945923319085788L);
    takingEverythingBackInReverseLeadsToTheStart(-4669265191983502651L);
  }

  /** Found once: who was a widow by a marriage that is taken back was merged before. */
  @Example
  void nobodyIsWidowedInPlaceOfWhomTheyWereMergedInto() {
    takingEverythingBackInReverseLeadsToTheStart(6811813826171140551L);
  }

  /** Found once: a marriage is registered after the deaths of both. */
  @Example
  void whoDiedLastIsWidowedByAMarriageThatIsRegisteredLast() {
    theOrderOfRegistrationDoesNotMatter(1032L);
    theOrderOfRegistrationDoesNotMatter(-4538857103787708086L);
    theOrderOfRegistrationDoesNotMatter(-5099819093373445773L);
    theOrderOfRegistrationDoesNotMatter(-2055659363567867024L);
  }

  /** Found once: the annulment of a split, which holds the merge, is annulled itself. */
  @Example
  void anAnnulledSplitCanSplitAgain() {
    takingEverythingBackInReverseLeadsToTheStart(562L);
    takingEverythingBackInReverseLeadsToTheStart(847L);
  }

  @Property(tries = 150)
  void theOrderOfRegistrationDoesNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    Village first = village(new Random(1));
    record Told(VitalEvent event, PartialDate day) {}
    List<Told> told = new ArrayList<>();
    LocalDate day = LocalDate.of(2001, 1, 1);
    while (told.size() < 5) {
      day = day.plusDays(1 + random.nextInt(900));
      VitalEvent event = first.anything(random);
      boolean about =
          !(event instanceof VitalEvent.Merge
              || event instanceof VitalEvent.Correction
              || event instanceof VitalEvent.EventAnnulment);
      if (about && first.attempt(event, PartialDate.of(day)).isPresent()) {
        told.add(new Told(event, PartialDate.of(day)));
      }
      if (day.isAfter(LocalDate.of(2020, 1, 1))) {
        break;
      }
    }
    Collections.shuffle(told, random);
    Village second = village(new Random(1));
    for (Told of : told) {
      Assume.that(second.attempt(of.event(), of.day()).isPresent());
    }
    assertEquals(first.documents(), second.documents());
  }

  /** Takes back what was registered since, the last first; what came with it goes with it. */
  private static void takeBack(Village village, List<UUID> before) {
    List<UUID> since = new ArrayList<>(village.registered());
    since.removeAll(before);
    for (UUID event : since.reversed()) {
      village.register(village.reverse(event), "2026-06-01");
    }
  }

  private static Village village(Random random) {
    Village village = new Village(Nation.VN, random.nextLong());
    UUID mother = village.enter("Hoa", Sex.FEMALE, "1975-03-01");
    UUID father = village.enter("Nam", Sex.MALE, "1972");
    village.enter("Long", Sex.MALE, "1978-05");
    village.enter("Mai", Sex.FEMALE, "1979-07-07");
    village.enter("Tam", Sex.FEMALE, "1979");
    village.born("An", Sex.MALE, "1999-09-09", mother, father);
    village.born("Binh", Sex.FEMALE, "2014-01-02", mother, null);
    return village;
  }

  private static void happen(Village village, Random random, int i) {
    List<UUID> people = village.people();
    VitalEvent event = village.anything(random);
    int days = random.nextInt(3) == 0 ? random.nextInt(11_000) : 270 * i + random.nextInt(270);
    LocalDate day = LocalDate.of(1995, 1, 1).plusDays(days);
    PartialDate on =
        switch (random.nextInt(6)) {
          case 0 -> new PartialDate(day.getYear(), null, null);
          case 1 -> new PartialDate(day.getYear(), day.getMonthValue(), null);
          default -> PartialDate.of(day);
        };
    village.attempt(event, on);
    if (random.nextInt(8) == 0) {
      UUID mother = people.get(random.nextInt(people.size()));
      village.attempt(
          new VitalEvent.LiveBirth(
              Village.person("Moi", Sex.MALE, on.toString()), Party.of(mother), null),
          on);
    }
  }

  private static void check(Village village) throws ChangeRefused {
    Map<UUID, Person> people = village.documents();
    for (UUID id : village.ledger.persons()) {
      List<Timeline.Entry> entries = village.ledger.entries(id);
      for (int i = 0; i < entries.size(); i++) {
        assertEquals(i + 1, entries.get(i).seq());
      }
      Timeline life = Timeline.of(entries);
      assertEquals(
          Optional.ofNullable(people.get(id)), life.latest().map(Timeline.Version::person));
      deadStayAsTheyAre(life);
      onePersonOnADay(life);
    }
    Map<UUID, Integer> heads = new HashMap<>();
    for (Person person : people.values()) {
      if (person.mergedInto() == null) {
        relatives(person, people);
        marriage(person);
        if (person.particulars().household() != null
            && person.particulars().household().relationToHead().equals("head")) {
          heads.merge(person.particulars().household().id(), 1, Integer::sum);
        }
      }
    }
    assertTrue(heads.values().stream().allMatch(n -> n == 1), "one head");
  }

  private static void deadStayAsTheyAre(Timeline life) {
    boolean dead = false;
    for (Timeline.Version version : life.versions()) {
      boolean now = version.person().particulars().lifeStatus() == LifeStatus.DEAD;
      assertTrue(now || !dead, "nobody comes back to life");
      dead = now;
    }
  }

  private static void onePersonOnADay(Timeline life) {
    for (int i = 1; i < life.versions().size(); i++) {
      assertFalse(life.versions().get(i).from().isBefore(life.versions().get(i - 1).from()));
    }
  }

  private static void marriage(Person person) {
    MaritalStatus status = person.particulars().maritalStatus();
    boolean married = status == MaritalStatus.MARRIED || status == MaritalStatus.SEPARATED;
    boolean spouse =
        person.particulars().relationships().stream()
            .anyMatch(r -> r.kind() == Relationship.Kind.SPOUSE);
    assertEquals(married, spouse, "married, and the spouse known: " + status);
  }

  private static void relatives(Person person, Map<UUID, Person> people) {
    for (Relationship relative : person.particulars().relationships()) {
      Person other = people.get(relative.personId());
      if (other == null) {
        throw new AssertionError("a relative stands in the register");
      }
      boolean lapsed =
          relative.kind() == Relationship.Kind.SPOUSE
              && person.particulars().lifeStatus() == LifeStatus.DEAD;
      if (!lapsed) {
        assertTrue(
            other.particulars().relationships().stream()
                .anyMatch(
                    r -> person.id().equals(r.personId()) && isMirror(relative.kind(), r.kind())),
            relative.kind() + " is mutual");
      }
    }
  }

  private static boolean isMirror(Relationship.Kind kind, Relationship.Kind other) {
    return switch (kind) {
      case FATHER, MOTHER -> other == Relationship.Kind.CHILD;
      case CHILD -> other == Relationship.Kind.FATHER || other == Relationship.Kind.MOTHER;
      case ADOPTIVE_PARENT -> other == Relationship.Kind.ADOPTED_CHILD;
      case ADOPTED_CHILD -> other == Relationship.Kind.ADOPTIVE_PARENT;
      case GUARDIAN -> other == Relationship.Kind.WARD;
      case WARD -> other == Relationship.Kind.GUARDIAN;
      case SPOUSE -> other == Relationship.Kind.SPOUSE;
      case LEGAL_REPRESENTATIVE -> false;
    };
  }
}
