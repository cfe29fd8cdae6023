package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * People who come to two households and leave them, die, are merged, and of whom all that is taken
 * back again: more often than anywhere in the lives of {@link LivesProperties}.
 */
class HouseholdProperties {

  private static final int EVENTS = 40;

  @Property(tries = 150)
  void aHouseholdNeverHasTwoHeads(@ForAll long seed) {
    Random random = new Random(seed);
    Village village = new Village(Nation.VN, random.nextLong());
    for (String given : List.of("Nam", "Long", "An", "Binh")) {
      village.enter(given, Sex.MALE, "1980-01-01");
    }
    for (int i = 0; i < EVENTS; i++) {
      LocalDate day = LocalDate.of(2000, 1, 1).plusDays(random.nextInt(9000));
      PartialDate on =
          random.nextInt(4) == 0 ? new PartialDate(day.getYear(), null, null) : PartialDate.of(day);
      village.attempt(event(village, random), on);
      check(village.documents(), seed);
    }
  }

  private static void check(Map<UUID, Person> people, long seed) {
    Map<UUID, UUID> heads = new HashMap<>();
    for (Person person : people.values()) {
      Household household = person.particulars().household();
      if (household != null && household.relationToHead().equals("head")) {
        UUID first = heads.putIfAbsent(household.id(), person.id());
        assertTrue(first == null, "two heads, seed " + seed);
      }
    }
  }

  private static VitalEvent event(Village village, Random random) {
    List<UUID> people = village.people();
    UUID one = people.get(random.nextInt(people.size()));
    UUID other = people.get(random.nextInt(people.size()));
    return switch (random.nextInt(9)) {
      case 0 -> new VitalEvent.Death(one, null);
      case 1 -> new VitalEvent.Merge(one, other, "the same fingerprints");
      case 2, 3 -> {
        List<RegisteredEvent> events = village.ledger.events();
        yield takingBack(events.get(random.nextInt(events.size())), one, other, random);
      }
      case 4, 5 -> new VitalEvent.HouseholdChange(one, household(random));
      default -> move(one, other, random);
    };
  }

  private static VitalEvent move(UUID one, UUID other, Random random) {
    Household joined = household(random);
    Place to = new Place("VN", "44", null);
    if (joined == null || one.equals(other)) {
      return VitalEvent.ResidenceChange.of(one, Residence.Kind.PERMANENT, to, joined);
    }
    List<VitalEvent.Mover> movers =
        List.of(
            new VitalEvent.Mover(one, joined.relationToHead()),
            new VitalEvent.Mover(other, relation(random)));
    return new VitalEvent.ResidenceChange(movers, Residence.Kind.PERMANENT, to, joined.id());
  }

  private static @Nullable Household household(Random random) {
    return random.nextInt(4) == 0
        ? null
        : new Household(new UUID(7, random.nextInt(2)), relation(random));
  }

  private static String relation(Random random) {
    return random.nextBoolean() ? "head" : "other";
  }

  /** An annulment or a split, or a correction to something else of the kind. */
  private static VitalEvent takingBack(RegisteredEvent event, UUID one, UUID other, Random random) {
    VitalEvent reverse = Village.takingBack(random, event);
    if (!(reverse instanceof VitalEvent.Correction(UUID key, VitalEvent same))) {
      return reverse;
    }
    return new VitalEvent.Correction(
        key,
        switch (same) {
          case VitalEvent.Death death -> new VitalEvent.Death(one, null);
          case VitalEvent.HouseholdChange change ->
              new VitalEvent.HouseholdChange(one, household(random));
          case VitalEvent.ResidenceChange move -> move(one, other, random);
          default -> same;
        });
  }
}
