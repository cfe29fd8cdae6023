package org.mekong.registry.population.village;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.population.book.Book;
import org.mekong.registry.residence.Place;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Effects;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/** The office that registers what happens in a village. Not thread-safe. */
final class Office {

  /** What proves most events in law. */
  static final String DECLARATION = "declaration";

  static final String COURT_DECISION = "court-decision";
  static final String MEDICAL_CERTIFICATE = "medical-certificate";

  private static final LocalTime OPENS = LocalTime.of(7, 30);
  private static final long HOURS = 8 * 3600;

  private final Settlement settlement;
  private final SplittableRandom random;
  private final Book book;
  private final People people;
  private final int village;
  private final UUID[] ids;
  private final boolean[] known;
  private long now = Long.MIN_VALUE;
  private int document;

  Office(Settlement settlement, People people, int village, SplittableRandom random) {
    this.settlement = settlement;
    this.random = random;
    this.people = people;
    this.village = village;
    book = new Book(settlement.rules, random);
    ids = new UUID[people.size];
    known = new boolean[people.size];
    long keys = settlement.day.toEpochDay() * 86_400_000L + settlement.first(village);
    for (int i = 0; i < ids.length; i++) {
      ids[i] = UuidV7.of(keys + i, random);
    }
  }

  Book book() {
    return book;
  }

  UUID id(int person) {
    return ids[person];
  }

  /** Whether somebody stands in the register by now. */
  boolean knows(int person) {
    return known[person];
  }

  /** Numbers of an older identity card, of some of those who were grown when it was founded. */
  List<String> earlierNumbers(int person) {
    boolean grown = people.birth[person] < people.founded - 16 * 365;
    return grown && random.nextInt(6) == 0
        ? List.of(settlement.earlierNumber(village, person))
        : List.of();
  }

  /** Somebody as the register holds them by now. */
  Person person(int person) {
    return book.life(ids[person]).person();
  }

  /** Registers an event that occurred on a day. */
  RegisteredEvent register(
      VitalEvent event, int occurred, int registered, @Nullable Place at, String document) {
    return book.register(
        event, circumstances(on(occurred), registered, at, document), at(registered), null, null);
  }

  /** Registers an event by which somebody enters, or gets a new number. */
  RegisteredEvent register(
      VitalEvent event,
      PartialDate occurred,
      int registered,
      @Nullable Place at,
      String document,
      int person,
      String number) {
    RegisteredEvent made =
        book.register(
            event,
            circumstances(occurred, registered, at, document),
            at(registered),
            new Effects.Newcomer(ids[person], number),
            null);
    known[person] = true;
    return made;
  }

  /** Registers an event that takes back another. */
  RegisteredEvent registerInsteadOf(
      RegisteredEvent superseded,
      VitalEvent event,
      PartialDate occurred,
      int registered,
      Effects.@Nullable Newcomer newcomer) {
    return book.register(
        event,
        circumstances(
            occurred, registered, superseded.circumstances().occurredAt(), COURT_DECISION),
        at(registered),
        newcomer,
        superseded);
  }

  static PartialDate on(int day) {
    return PartialDate.of(LocalDate.ofEpochDay(day));
  }

  private Circumstances circumstances(
      PartialDate occurred, int registered, @Nullable Place at, String kind) {
    LocalDate day = LocalDate.ofEpochDay(registered);
    String province = at == null || at.province() == null ? "00" : at.province();
    return new Circumstances(
        occurred,
        day,
        at == null ? null : new Place(at.country(), at.province(), null),
        province + "-" + (1 + random.nextInt(40)),
        "registrar-" + (1 + random.nextInt(9)),
        new Circumstances.LegalDocument(kind, ++document + "/" + day.getYear(), day, null));
  }

  /** An instant of a working day, later than that of the event registered before. */
  private Instant at(int day) {
    long opens =
        LocalDate.ofEpochDay(day).atTime(OPENS).atZone(settlement.profile.zone()).toEpochSecond();
    now = Math.max(now + 3, opens + random.nextLong(HOURS));
    return Instant.ofEpochSecond(now);
  }
}
