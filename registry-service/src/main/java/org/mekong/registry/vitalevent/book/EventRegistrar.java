package org.mekong.registry.vitalevent.book;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.BirthFacts;
import org.mekong.registry.identifier.BlockExhaustedException;
import org.mekong.registry.identifier.NumberAllocator;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Effects;
import org.mekong.registry.vitalevent.Effects.Effect;
import org.mekong.registry.vitalevent.EventRules;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * Registers events: one transaction holds everyone touched, checks the event against their lives,
 * and adds it to all of them, or to nobody. Events on one person come one after the other.
 */
@ApplicationScoped
public class EventRegistrar {

  private final NationProfile profile;
  private final EventRules rules;
  private final Timelines timelines;
  private final NumberAllocator numbers;
  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();

  EventRegistrar(
      NationProfile profile,
      EventRules rules,
      Timelines timelines,
      NumberAllocator numbers,
      Clock clock) {
    this.profile = profile;
    this.rules = rules;
    this.timelines = timelines;
    this.numbers = numbers;
    this.clock = clock;
  }

  /**
   * Registers an event in the caller's transaction, which is to be rolled back when this throws.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming the rule that the event breaks
   */
  public Registration register(Connection transaction, VitalEvent event, Circumstances when)
      throws SQLException {
    Held held = new Held(transaction, timelines, superseded(transaction, event));
    Effects effects = new Effects(held, when.occurredOn(), newcomer(transaction, event, held));
    Map<UUID, Effect> changes = held.all(() -> effects.of(event));
    rules.check(event, when, held).refuse();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID eventId = UuidV7.of(now.toEpochMilli(), random);
    List<Registration.Touched> touched = new ArrayList<>();
    for (Map.Entry<UUID, Effect> change : changes.entrySet()) {
      UUID person = change.getKey();
      List<Timeline.Entry> entries = new ArrayList<>(held.entries(person));
      Instant last = entries.isEmpty() ? now : entries.getLast().recordedAt();
      entries.add(
          new Timeline.Entry(
              entries.size() + 1,
              eventId,
              event.type(),
              change.getValue().role(),
              when.occurredOn(),
              now.isAfter(last) ? now : last,
              held.superseded(),
              change.getValue().changes()));
      append(transaction, person, entries);
      touched.add(
          new Registration.Touched(
              person, change.getValue().role(), entries.size(), number(person, effects)));
    }
    List<UUID> persons = touched.stream().map(Registration.Touched::personId).toList();
    EventTable.add(
        transaction, new RegisteredEvent(eventId, event, when, now, held.superseded(), persons));
    return new Registration(eventId, touched);
  }

  private static @Nullable String number(UUID person, Effects effects) {
    Effects.Newcomer newcomer = effects.newcomer();
    return newcomer != null && newcomer.id().equals(person) ? newcomer.number() : null;
  }

  private void append(Connection transaction, UUID person, List<Timeline.Entry> entries)
      throws SQLException {
    try {
      timelines.append(transaction, person, entries);
    } catch (ChangeRefused refused) {
      throw Refusal.of(refused, entries.getLast().eventId());
    }
  }

  /** The event that this one takes back, if it takes one back. */
  private static Optional<RegisteredEvent> superseded(Connection transaction, VitalEvent event)
      throws SQLException {
    UUID id =
        switch (event) {
          case VitalEvent.Correction correction -> correction.event();
          case VitalEvent.EventAnnulment annulment -> annulment.event();
          case VitalEvent.Split split -> split.merge();
          default -> null;
        };
    if (id == null) {
      return Optional.empty();
    }
    Optional<RegisteredEvent> found = EventTable.find(transaction, id);
    if (found.isEmpty()) {
      throw Problem.invalid("event", "known-event", "is no event of this register");
    }
    return found;
  }

  /** Key and number of whoever enters by the event. A corrected entry keeps both. */
  private Effects.@Nullable Newcomer newcomer(Connection transaction, VitalEvent event, Held held)
      throws SQLException {
    return switch (event) {
      case VitalEvent.Correction correction -> {
        if (particulars(correction.replacement()) == null) {
          yield newcomer(transaction, correction.replacement(), held);
        }
        yield held.entered()
            .map(person -> new Effects.Newcomer(person.id(), number(person)))
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "replacement.type", "same-type", "is not what the event registered"));
      }
      case VitalEvent.NumberReplacement replacement -> {
        Person person =
            held.on(replacement.person(), LocalDate.MAX)
                .orElseThrow(
                    () -> Problem.invalid("person", "known-person", "is nobody of this register"));
        yield new Effects.Newcomer(
            person.id(), allocate(transaction, person.id(), person.particulars()));
      }
      default -> {
        Particulars particulars = particulars(event);
        if (particulars == null) {
          yield null;
        }
        UUID id = UuidV7.of(clock.millis(), random);
        yield new Effects.Newcomer(id, allocate(transaction, id, particulars));
      }
    };
  }

  private static String number(Person person) {
    return Objects.requireNonNull(person.personalNumber(), "everybody enters with a number");
  }

  private static @Nullable Particulars particulars(VitalEvent event) {
    return switch (event) {
      case VitalEvent.LiveBirth birth -> birth.child();
      case VitalEvent.FirstRegistration first -> first.person();
      default -> null;
    };
  }

  private String allocate(Connection transaction, UUID id, Particulars particulars)
      throws SQLException {
    BirthFacts facts =
        new BirthFacts(
            Objects.requireNonNull(
                profile.registrationPlaces().get(particulars.placeOfBirthRegistration())),
            particulars.dateOfBirth().year(),
            particulars.sex() == Sex.MALE);
    try {
      return numbers.allocate(transaction, id, facts);
    } catch (BlockExhaustedException e) {
      throw Problem.NUMBER_BLOCK_EXHAUSTED.because(e.getMessage());
    }
  }
}
