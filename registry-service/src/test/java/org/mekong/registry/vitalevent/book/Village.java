package org.mekong.registry.vitalevent.book;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.rule.EventRules;

/** A few people to whom things happen, by the real rules, in memory. */
final class Village {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
  static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  private final Scribe scribe;
  private final List<UUID> registered = new ArrayList<>();
  final MemoryLedger ledger = new MemoryLedger();

  Village(Nation nation, long seed) {
    NationProfile profile = NationProfile.of(nation);
    scribe =
        new Scribe(
            new EventRules(profile, new PersonRules(profile, CLOCK), CLOCK),
            CLOCK,
            new Random(seed));
  }

  Registration register(VitalEvent event, String day) {
    return register(event, day(day), TODAY);
  }

  Registration register(VitalEvent event, PartialDate day, LocalDate registeredOn) {
    try {
      Circumstances when =
          new Circumstances(
              day,
              registeredOn,
              null,
              "office-1",
              "registrar-1",
              new Circumstances.LegalDocument("declaration", "1", null, null));
      Registration registration = new Splitting(scribe, ledger).register(event, when);
      registered.add(registration.eventId());
      return registration;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The registration, or nothing where a rule forbids the event. */
  Optional<Registration> attempt(VitalEvent event, PartialDate day) {
    try {
      return Optional.of(register(event, day, TODAY));
    } catch (HttpProblem refused) {
      return Optional.empty();
    }
  }

  /** Somebody enters as single. */
  UUID enter(String given, Sex sex, String born) {
    return register(new VitalEvent.FirstRegistration(person(given, sex, born), List.of()), born)
        .persons()
        .getFirst()
        .personId();
  }

  UUID born(String given, Sex sex, String day, @Nullable UUID mother, @Nullable UUID father) {
    return register(
            new VitalEvent.LiveBirth(
                person(given, sex, day),
                mother == null ? null : Party.of(mother),
                father == null ? null : Party.of(father)),
            day)
        .persons()
        .getFirst()
        .personId();
  }

  static Particulars person(String given, Sex sex, String born) {
    return new Particulars(
        List.of(name(given)),
        day(born),
        sex,
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
        List.of(),
        List.of(),
        null,
        null,
        null,
        false);
  }

  static PersonName name(String given) {
    return new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Lê", null, given);
  }

  static PartialDate day(String text) {
    return PartialDate.parse(text).orElseThrow();
  }

  /** Something that may happen to some of these, mostly against no rule. */
  VitalEvent anything(Random random) {
    List<UUID> people = people();
    List<RegisteredEvent> events = ledger.events();
    UUID one = people.get(random.nextInt(people.size()));
    List<UUID> relatives =
        ledger.people().get(one).particulars().relationships().stream()
            .map(Relationship::personId)
            .toList();
    UUID other =
        relatives.isEmpty() || random.nextInt(3) == 0
            ? people.get(random.nextInt(people.size()))
            : relatives.get(random.nextInt(relatives.size()));
    return switch (random.nextInt(19)) {
      case 0, 1, 2, 3 -> new VitalEvent.Marriage(Party.of(one), Party.of(other));
      case 4 -> new VitalEvent.Divorce(Party.of(one), Party.of(other));
      case 5 -> new VitalEvent.MarriageAnnulment(Party.of(one), Party.of(other));
      case 6 -> new VitalEvent.JudicialSeparation(Party.of(one), Party.of(other));
      case 7 -> new VitalEvent.Death(one, null);
      case 8, 9 ->
          new VitalEvent.NameChange(one, List.of(name(random.nextBoolean() ? "Mai" : "Lan")));
      case 10 ->
          VitalEvent.ResidenceChange.of(
              one,
              Residence.Kind.PERMANENT,
              new Place("VN", random.nextBoolean() ? "44" : "01", null),
              random.nextBoolean()
                  ? null
                  : new Household(
                      new UUID(7, random.nextInt(2)), random.nextBoolean() ? "head" : "other"));
      case 11 -> new VitalEvent.NationalityChange(one, Set.of("LA"), Set.of());
      case 12 -> new VitalEvent.DeclaredMissing(one);
      case 13 -> new VitalEvent.Found(one);
      case 14 -> new VitalEvent.Adoption(one, List.of(Party.of(other)), null);
      case 15 -> new VitalEvent.Recognition(one, Party.of(other), random.nextBoolean());
      case 16 -> new VitalEvent.Guardianship(one, Party.of(other), random.nextBoolean(), true);
      case 17 -> new VitalEvent.Merge(one, other, "the same fingerprints");
      default -> takingBack(random, events.get(random.nextInt(events.size())));
    };
  }

  /** What takes an event back: a split, a correction to the same again, or an annulment. */
  static VitalEvent takingBack(Random random, RegisteredEvent event) {
    if (event.event() instanceof VitalEvent.Merge) {
      return new VitalEvent.Split(event.id());
    }
    VitalEvent first = event.event();
    while (first instanceof VitalEvent.Correction correction) {
      first = correction.replacement();
    }
    return random.nextBoolean()
        ? new VitalEvent.Correction(event.id(), first)
        : new VitalEvent.EventAnnulment(event.id(), "entered by mistake");
  }

  /** What an event is taken back by. */
  VitalEvent reverse(UUID event) {
    return ledger.find(event).orElseThrow().event() instanceof VitalEvent.Merge
        ? new VitalEvent.Split(event)
        : new VitalEvent.EventAnnulment(event, "taken back");
  }

  /** The keys of the events that were registered, without those that came with them. */
  List<UUID> registered() {
    return List.copyOf(registered);
  }

  List<UUID> people() {
    return new ArrayList<>(ledger.people().keySet());
  }

  Map<UUID, Person> documents() {
    return ledger.people();
  }
}
