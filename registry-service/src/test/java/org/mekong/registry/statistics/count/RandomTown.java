package org.mekong.registry.statistics.count;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.testing.Book;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/** A town in which anything happens, in any order, much of it wrong. Several may share people. */
final class RandomTown {

  private static final List<String> PROVINCES = List.of("01", "44", "48", "79");

  /** Unique violation, serialization failure, deadlock. */
  private static final Set<String> CONFLICTS = Set.of("23505", "40001", "40P01");

  private static final LocalDate TODAY = LocalDate.now();

  private final DataSource database;
  private final EventRegistrar registrar;
  private final Random random;
  private final List<UUID> persons;
  private final List<Done> done;
  private int registered;
  private int refused;
  private int rolledBack;

  /** An event that was registered. */
  record Done(UUID id, VitalEvent event, PartialDate occurredOn) {}

  RandomTown(
      DataSource database,
      EventRegistrar registrar,
      long seed,
      List<UUID> persons,
      List<Done> done) {
    this.database = database;
    this.registrar = registrar;
    this.random = new Random(seed);
    this.persons = persons;
    this.done = done;
  }

  int registered() {
    return registered;
  }

  int refused() {
    return refused;
  }

  int rolledBack() {
    return rolledBack;
  }

  void happen(int events) throws SQLException {
    for (int i = 0; i < events; i++) {
      happen();
    }
  }

  private void happen() throws SQLException {
    LocalDate day = TODAY.minusDays(1 + random.nextInt(5000));
    VitalEvent event = event(day);
    PartialDate occurred = occurred(day, event);
    LocalDate latest = occurred.latest().isAfter(TODAY) ? TODAY : occurred.latest();
    LocalDate registeredOn = latest.plusDays(delay());
    Circumstances when =
        new Circumstances(
            occurred,
            registeredOn.isAfter(TODAY) ? TODAY : registeredOn,
            random.nextBoolean() ? new Place("VN", province(), null) : null,
            "office",
            "registrar",
            new Circumstances.LegalDocument("court-decision", "1", null, null));
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        Registration registration = registrar.register(transaction, event, when);
        if (random.nextInt(12) == 0) {
          transaction.rollback();
          rolledBack++;
          return;
        }
        transaction.commit();
        registered++;
        done.add(new Done(registration.eventId(), event, occurred));
        if (event instanceof VitalEvent.LiveBirth
            || event instanceof VitalEvent.FirstRegistration) {
          persons.add(registration.persons().getFirst().personId());
        }
      } catch (HttpProblem refusal) {
        transaction.rollback();
        refused++;
      } catch (SQLException conflict) {
        transaction.rollback();
        if (!CONFLICTS.contains(conflict.getSQLState())) {
          throw conflict;
        }
        refused++;
      }
    }
  }

  private int delay() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1, 2 -> random.nextInt(40);
      case 3 -> random.nextInt(120);
      case 4 -> random.nextInt(500);
      default -> random.nextInt(3000);
    };
  }

  private PartialDate occurred(LocalDate day, VitalEvent event) {
    if (event instanceof VitalEvent.LiveBirth birth) {
      return birth.child().dateOfBirth();
    } else if (event instanceof VitalEvent.FirstRegistration first) {
      return first.person().dateOfBirth();
    } else if (event instanceof VitalEvent.Correction(UUID id, VitalEvent replacement)) {
      return done.stream()
          .filter(each -> each.id().equals(id))
          .findFirst()
          .map(Done::occurredOn)
          .orElseGet(() -> PartialDate.of(day));
    }
    return switch (random.nextInt(10)) {
      case 0 -> new PartialDate(day.getYear(), null, null);
      case 1 -> new PartialDate(day.getYear(), day.getMonthValue(), null);
      default -> PartialDate.of(day);
    };
  }

  private VitalEvent event(LocalDate day) {
    if (persons.size() < 20) {
      return newcomer(day);
    }
    UUID person = person();
    return switch (random.nextInt(14)) {
      case 0, 1 -> newcomer(day);
      case 2, 3 ->
          new VitalEvent.LiveBirth(
              particulars(PartialDate.of(day), random.nextBoolean() ? province() : null),
              null,
              null);
      case 4 -> new VitalEvent.Death(person, null);
      case 5, 6 -> new VitalEvent.Marriage(Party.of(person), party());
      case 7 -> new VitalEvent.Divorce(Party.of(person), party());
      case 8, 9 -> Book.move(person, province());
      case 10 -> new VitalEvent.SexCorrection(person, sex());
      case 11 -> takingBack();
      case 12 -> correction(person);
      default ->
          random.nextInt(3) == 0
              ? VitalEvent.ResidenceChange.of(person, Residence.Kind.PERMANENT, null, null)
              : new VitalEvent.Merge(person, person(), "the same fingerprints");
    };
  }

  private VitalEvent newcomer(LocalDate day) {
    LocalDate birth = day.minusYears(random.nextInt(80));
    PartialDate born =
        switch (random.nextInt(8)) {
          case 0 -> new PartialDate(birth.getYear(), null, null);
          case 1 -> new PartialDate(birth.getYear(), birth.getMonthValue(), null);
          default -> PartialDate.of(birth);
        };
    return new VitalEvent.FirstRegistration(particulars(born, province()), List.of());
  }

  private Particulars particulars(PartialDate birth, String province) {
    Particulars usual = Book.particulars(birth.toString(), sex(), "An", "44", null);
    return usual
        .but()
        .residences(
            province == null
                ? List.of()
                : List.of(new Residence(Residence.Kind.PERMANENT, new Place("VN", province, null))))
        .build();
  }

  private VitalEvent takingBack() {
    Done some = some();
    List<Done> merges =
        done.stream().filter(each -> each.event() instanceof VitalEvent.Merge).toList();
    if (!merges.isEmpty() && random.nextInt(3) == 0) {
      return new VitalEvent.Split(merges.get(random.nextInt(merges.size())).id());
    }
    return new VitalEvent.EventAnnulment(some.id(), "entered wrongly");
  }

  private VitalEvent correction(UUID person) {
    Done some = some();
    VitalEvent first = some.event();
    while (first instanceof VitalEvent.Correction correction) {
      first = correction.replacement();
    }
    VitalEvent replacement =
        switch (first) {
          case VitalEvent.LiveBirth birth ->
              new VitalEvent.LiveBirth(
                  particulars(some.occurredOn(), random.nextBoolean() ? province() : null),
                  birth.mother(),
                  birth.father());
          case VitalEvent.FirstRegistration before ->
              new VitalEvent.FirstRegistration(
                  particulars(some.occurredOn(), province()), before.earlierNumbers());
          case VitalEvent.Marriage marriage ->
              new VitalEvent.Marriage(
                  marriage.one(), random.nextBoolean() ? party() : marriage.other());
          case VitalEvent.Death death ->
              new VitalEvent.Death(random.nextBoolean() ? person : death.deceased(), null);
          case VitalEvent.ResidenceChange move -> Book.move(person, province());
          default -> first;
        };
    return new VitalEvent.Correction(some.id(), replacement);
  }

  private Done some() {
    return done.get(done.size() - 1 - random.nextInt(Math.min(60, done.size())));
  }

  private Party party() {
    return random.nextInt(4) == 0 ? new Party(null, "Somebody abroad") : Party.of(person());
  }

  private UUID person() {
    return persons.get(persons.size() - 1 - random.nextInt(Math.min(60, persons.size())));
  }

  private String province() {
    return PROVINCES.get(random.nextInt(PROVINCES.size()));
  }

  private Sex sex() {
    return random.nextInt(20) == 0 ? Sex.NOT_KNOWN : random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
  }

  /** Lists that several towns may share. */
  static <T> List<T> shared() {
    return new CopyOnWriteArrayList<>();
  }
}
