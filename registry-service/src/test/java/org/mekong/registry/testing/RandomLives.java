package org.mekong.registry.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * Lives as a register may hold them: events in any order of occurrence, late ones, corrected and
 * annulled ones, corrections annulled again. Each life replays, as every stored one does.
 */
public final class RandomLives {

  /** The person of every life. */
  public static final UUID PERSON = UUID.fromString("0190f3c4-5a10-7b21-8c43-5d6e7f809199");

  /** The day of birth. */
  public static final LocalDate BIRTH = LocalDate.of(1990, 5, 17);

  /**
   * When the register learnt of the first event; of each later one, a minute later or not at all.
   */
  public static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

  private static final List<Relationship> RELATIVES =
      List.of(
          new Relationship(Relationship.Kind.SPOUSE, null, "A"),
          new Relationship(Relationship.Kind.SPOUSE, null, "B"));

  private RandomLives() {}

  /** Lives of up to thirty entries. */
  public static Arbitrary<List<Entry>> any() {
    return Arbitraries.randomValue(RandomLives::live);
  }

  private static List<Entry> live(Random random) {
    List<Entry> entries = new ArrayList<>();
    boolean declared = random.nextBoolean();
    entries.add(
        entry(
            1,
            declared ? "first_registration" : "live_birth",
            BIRTH,
            FIRST,
            null,
            List.of(new Change.Entered(newborn(random)))));
    int events = random.nextInt(30);
    for (int i = 0; i < events; i++) {
      Entry last = entries.getLast();
      Instant recorded = last.recordedAt().plusSeconds(60L * random.nextInt(3));
      Entry next = next(random, entries, recorded);
      List<Entry> longer = new ArrayList<>(entries);
      longer.add(next);
      if (replays(longer)) {
        entries = longer;
      }
    }
    return entries;
  }

  private static Entry next(Random random, List<Entry> entries, Instant recorded) {
    List<Entry> standing = Timeline.effective(entries);
    LocalDate day = BIRTH.plusDays(random.nextInt(40) * 300L);
    int seq = entries.size() + 1;
    Entry earlier = standing.get(random.nextInt(standing.size()));
    return switch (random.nextInt(4)) {
      case 0 -> {
        boolean birth = earlier.changes().stream().anyMatch(Change.Entered.class::isInstance);
        yield birth
            ? entry(
                seq,
                "correction",
                BIRTH,
                recorded,
                earlier.eventId(),
                List.of(new Change.Entered(newborn(random))))
            : entry(seq, "correction", day, recorded, earlier.eventId(), List.of(change(random)));
      }
      case 1 ->
          entry(
              seq,
              "event_annulment",
              day,
              recorded,
              earlier.seq() == 1 ? null : earlier.eventId(),
              List.of());
      default -> entry(seq, "event", day, recorded, null, List.of(change(random)));
    };
  }

  private static Change change(Random random) {
    Relationship spouse = RELATIVES.get(random.nextInt(RELATIVES.size()));
    return switch (random.nextInt(9)) {
      case 0 -> new Change.NamesChanged(List.of(name(random)));
      case 1 -> new Change.ResidenceChanged(Residence.Kind.PERMANENT, place(random));
      case 2 ->
          new Change.ResidenceChanged(
              Residence.Kind.TEMPORARY, random.nextBoolean() ? place(random) : null);
      case 3 ->
          new Change.NationalitiesChanged(
              Set.of("LA"), random.nextBoolean() ? Set.of("VN") : Set.of());
      case 4 -> new Change.Died(PartialDate.of(BIRTH.plusYears(30)));
      case 5 -> new Change.Married(spouse);
      case 6 -> new Change.MarriageEnded(spouse, MaritalStatus.DIVORCED);
      case 7 -> new Change.Widowed(spouse);
      default ->
          new Change.HouseholdChanged(
              random.nextBoolean() ? null : new Household(new UUID(7, random.nextInt(3)), "other"));
    };
  }

  private static Person newborn(Random random) {
    return new Person(
        PERSON,
        "045190000001",
        List.of(),
        new Particulars(
            List.of(name(random)),
            PartialDate.of(BIRTH),
            Sex.MALE,
            null,
            "045",
            null,
            null,
            null,
            List.of("VN"),
            null,
            MaritalStatus.SINGLE,
            LifeStatus.ALIVE,
            null,
            List.of(new Residence(Residence.Kind.PERMANENT, place(random))),
            List.of(),
            null,
            null,
            null,
            false),
        null);
  }

  private static PersonName name(Random random) {
    return new PersonName(
        PersonName.Kind.OFFICIAL,
        NameScript.LATIN,
        "Nguyễn",
        null,
        List.of("An", "Bình", "Chi").get(random.nextInt(3)));
  }

  private static Place place(Random random) {
    return new Place("VN", List.of("44", "48", "79").get(random.nextInt(3)), null);
  }

  private static Entry entry(
      int seq,
      String type,
      LocalDate day,
      Instant recorded,
      @Nullable UUID supersedes,
      List<Change> changes) {
    return new Entry(
        seq, new UUID(9, seq), type, "person", PartialDate.of(day), recorded, supersedes, changes);
  }

  private static boolean replays(List<Entry> entries) {
    try {
      Timeline.of(entries);
      return true;
    } catch (ChangeRefused e) {
      return false;
    }
  }
}
