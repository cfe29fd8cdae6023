package org.mekong.registry.vitalevent.book;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Effects;
import org.mekong.registry.vitalevent.Effects.Effect;
import org.mekong.registry.vitalevent.EventMembers;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.rule.EventRules;

/**
 * Registers an event in a ledger: holds everyone touched, checks the event against their lives, and
 * adds it to all of them, or to nobody.
 */
public final class Scribe {

  private final EventRules rules;
  private final Clock clock;
  private final RandomGenerator random;

  /** Writes by the rules, with instants of the clock and keys that hold random bits. */
  public Scribe(EventRules rules, Clock clock, RandomGenerator random) {
    this.rules = rules;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Registers an event in a ledger.
   *
   * @throws HttpProblem naming the rule that the event breaks; nothing is written then
   */
  public Registration register(Ledger ledger, VitalEvent event, Circumstances when)
      throws SQLException {
    rules.form(event, when).refuse();
    Optional<RegisteredEvent> takenBack = TakenBack.find(ledger, event);
    Map<UUID, String> members = EventMembers.of(event);
    Optional<RegisteredEvent> undone = TakenBack.undone(ledger, event);
    boolean annuls = event instanceof VitalEvent.EventAnnulment;
    Held held = new Held(ledger, TakenBack.key(event), annuls);
    Set<UUID> named = new TreeSet<>(members.keySet());
    takenBack.ifPresent(before -> named.addAll(before.persons()));
    held.hold(named);
    if (takenBack.isPresent()) {
      takenBack = TakenBack.find(ledger, event); // it may have reached somebody more meanwhile
      held.hold(takenBack.orElseThrow().persons());
      TakenBack.check(takenBack.orElseThrow(), undone, held);
    }

    Effects effects = new Effects(held, when.occurredOn(), newcomer(ledger, event, held));
    Map<UUID, Effect> changes = new LinkedHashMap<>(held.settled(() -> effects.of(event)));
    List<UUID> back = takenBack.map(RegisteredEvent::persons).orElse(List.of());
    held.settled(() -> broken(event, when, held)).refuse();
    for (UUID person : back) {
      changes.putIfAbsent(person, new Effect("person", List.of()));
    }

    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID eventId = UuidV7.of(now.toEpochMilli(), random);
    Instant recordedAt = notBeforeLast(now, changes.keySet(), held);
    Additions additions = new Additions(held);
    changes.forEach(
        (person, effect) ->
            additions.add(
                person,
                seq ->
                    new Timeline.Entry(
                        seq,
                        eventId,
                        event.type(),
                        effect.role(),
                        when.occurredOn(),
                        recordedAt,
                        TakenBack.key(event),
                        effect.changes())));
    Map<UUID, UUID> widowed = additions.widow(recordedAt);
    held.settled(() -> returning(back, event, when, held, additions)).refuse();
    List<UUID> persons = List.copyOf(changes.keySet());
    RegisteredEvent registered =
        new RegisteredEvent(eventId, event, when, recordedAt, TakenBack.key(event), persons);
    try {
      ledger.write(List.of(registered), additions.list(), widowed);
    } catch (ChangeRefused refused) {
      throw Refusal.of(refused, eventId, members);
    } catch (Timelines.NumberTaken taken) {
      throw taken(event, taken);
    }
    return new Registration(
        eventId,
        recordedAt,
        touched(changes, additions, effects.newcomer()),
        new Warnings(rules, ledger).of(event, when, changes.keySet(), additions));
  }

  /** What those break to whom something else happened before, by being what they are after it. */
  private Violations returning(
      List<UUID> back, VitalEvent event, Circumstances when, Held held, Additions additions) {
    Violations violations = new Violations();
    String field = event instanceof VitalEvent.Split ? "merge" : "event";
    Map<UUID, String> members = EventMembers.of(event);
    for (UUID person : back) {
      Person before = held.now(person).orElse(null);
      String member = members.getOrDefault(person, field);
      rules.returning(member, person, before, when, additions, violations);
    }
    return violations;
  }

  private Violations broken(VitalEvent event, Circumstances when, Held held) {
    Violations violations = new Violations();
    rules.between(event, when, held, violations);
    if (event instanceof VitalEvent.Correction correction) {
      Particulars particulars = entering(correction.replacement());
      Optional<Change.Entered> entered = held.done(Change.Entered.class);
      if (particulars != null && entered.isPresent()) {
        Person corrected = entered.get().person().with(particulars);
        held.of(corrected.id())
            .ifPresent(life -> rules.corrected(corrected, life, held, violations));
      }
    }
    return violations;
  }

  private static Instant notBeforeLast(Instant now, Set<UUID> persons, Held held) {
    Instant latest = now;
    for (UUID person : persons) {
      List<Timeline.Entry> entries = held.entries(person);
      if (!entries.isEmpty() && entries.getLast().recordedAt().isAfter(latest)) {
        latest = entries.getLast().recordedAt();
      }
    }
    return latest;
  }

  private static HttpProblem taken(VitalEvent event, Timelines.NumberTaken taken) {
    VitalEvent entry =
        event instanceof VitalEvent.Correction correction ? correction.replacement() : event;
    List<String> declared =
        entry instanceof VitalEvent.FirstRegistration first ? first.earlierNumbers() : List.of();
    return Refusal.conflict(
        "A number that is declared is somebody else's.",
        "number-free",
        "earlierNumbers[" + declared.indexOf(taken.number()) + "]",
        "is somebody else's");
  }

  private static List<Registration.Touched> touched(
      Map<UUID, Effect> changes, Additions additions, Effects.@Nullable Newcomer newcomer) {
    List<Registration.Touched> touched = new ArrayList<>();
    changes.forEach(
        (person, effect) -> {
          boolean given = newcomer != null && newcomer.id().equals(person);
          touched.add(
              new Registration.Touched(
                  person,
                  effect.role(),
                  additions.version(person),
                  given ? newcomer.number() : null));
        });
    return touched;
  }

  /** Key and number of whoever enters by the event, or gets a number. A correction keeps both. */
  private Effects.@Nullable Newcomer newcomer(Ledger ledger, VitalEvent event, Held held)
      throws SQLException {
    switch (event) {
      case VitalEvent.Correction correction -> {
        if (entering(correction.replacement()) != null) {
          Person person = held.done(Change.Entered.class).orElseThrow().person();
          return new Effects.Newcomer(
              person.id(),
              Objects.requireNonNull(person.personalNumber(), "entered with a number"));
        }
        if (correction.replacement() instanceof VitalEvent.NumberReplacement replacement) {
          String number = held.done(Change.NumberReplaced.class).orElseThrow().number();
          return new Effects.Newcomer(replacement.person(), number);
        }
        return null;
      }
      case VitalEvent.NumberReplacement replacement -> {
        Person person =
            held.on(replacement.person(), LocalDate.MAX)
                .orElseThrow(
                    () -> Problem.invalid("person", "known-person", "is nobody of this register"));
        return new Effects.Newcomer(
            person.id(), ledger.allocate(person.id(), person.particulars()));
      }
      default -> {
        Particulars particulars = entering(event);
        if (particulars == null) {
          return null;
        }
        UUID id = UuidV7.of(clock.millis(), random);
        return new Effects.Newcomer(id, ledger.allocate(id, particulars));
      }
    }
  }

  private static @Nullable Particulars entering(VitalEvent event) {
    return switch (event) {
      case VitalEvent.LiveBirth birth -> birth.child();
      case VitalEvent.FirstRegistration first -> first.person();
      default -> null;
    };
  }

  /** What the registrar should know of an event that is registered all the same. */
  private record Warnings(EventRules rules, Ledger ledger) {

    List<Registration.Warning> of(
        VitalEvent event, Circumstances when, Collection<UUID> persons, Additions additions) {
      List<Registration.Warning> warnings = new ArrayList<>();
      rules
          .daysLate(event, when)
          .ifPresent(
              days ->
                  warnings.add(
                      new Registration.Warning(
                          "late-registration",
                          "Registered " + days + " days after the period that the law sets.",
                          null)));
      boolean corrects =
          event instanceof VitalEvent.SexCorrection || event instanceof VitalEvent.Correction;
      for (UUID id : corrects ? List.copyOf(persons) : List.<UUID>of()) {
        if (additions.now(id).filter(ledger::isMismatch).isPresent()) {
          warnings.add(
              new Registration.Warning(
                  "number-mismatch",
                  "The personal number is not one that these facts of birth would get. It stays.",
                  id));
        }
      }
      return warnings;
    }
  }
}
