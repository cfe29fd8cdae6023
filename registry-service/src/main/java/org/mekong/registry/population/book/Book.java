package org.mekong.registry.population.book;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Effects;
import org.mekong.registry.vitalevent.Lives;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.RegisteredEvent;
import org.mekong.registry.vitalevent.rule.EventRules;

/**
 * A register in memory. It takes events as the register takes them: the same effects on the same
 * persons, the same rules, the same entries. Not thread-safe.
 */
public final class Book {

  private final EventRules rules;
  private final java.util.random.RandomGenerator random;
  private final Map<UUID, Life> lives = new LinkedHashMap<>();
  private final Map<UUID, Set<UUID>> households = new HashMap<>();
  private final List<RegisteredEvent> events = new ArrayList<>();

  /** An empty register. */
  public Book(EventRules rules, java.util.random.RandomGenerator random) {
    this.rules = rules;
    this.random = random;
  }

  /** Everybody. */
  public List<Life> lives() {
    return List.copyOf(lives.values());
  }

  /** Everything that was registered, in that order. */
  public List<RegisteredEvent> events() {
    return events;
  }

  /** What was recorded on somebody who is here. */
  public Life life(UUID person) {
    Life life = lives.get(person);
    if (life == null) {
      throw new IllegalStateException("Nobody of this village");
    }
    return life;
  }

  /**
   * Registers an event.
   *
   * @param newcomer key and number, when somebody enters by the event or gets a new number
   * @param superseded the event that this one takes back
   * @throws BrokenRuleException when it breaks a rule
   */
  public RegisteredEvent register(
      VitalEvent event,
      Circumstances when,
      Instant now,
      Effects.@Nullable Newcomer newcomer,
      @Nullable RegisteredEvent superseded) {
    Lives view = new View(superseded == null ? Map.of() : without(superseded));
    Map<UUID, Effects.Effect> effects =
        new LinkedHashMap<>(new Effects(view, when.occurredOn(), newcomer).of(event));
    if (superseded != null) {
      for (UUID person : superseded.persons()) {
        effects.putIfAbsent(person, new Effects.Effect("person", List.of()));
      }
    }
    Violations violations = rules.check(event, when, view);
    if (!violations.isEmpty()) {
      throw new BrokenRuleException(
          "an event of type " + event.type() + " breaks " + violations.list().getFirst());
    }
    UUID id = UuidV7.of(now.toEpochMilli(), random);
    UUID supersedes = superseded == null ? null : superseded.id();
    for (Map.Entry<UUID, Effects.Effect> effect : effects.entrySet()) {
      Life life = lives.computeIfAbsent(effect.getKey(), Life::new);
      life.add(
          new Timeline.Entry(
              life.entries().size() + 1,
              id,
              event.type(),
              effect.getValue().role(),
              when.occurredOn(),
              now,
              supersedes,
              effect.getValue().changes()));
      noteHouseholds(effect.getKey(), effect.getValue().changes());
    }
    RegisteredEvent registered =
        new RegisteredEvent(id, event, when, now, supersedes, List.copyOf(effects.keySet()));
    events.add(registered);
    return registered;
  }

  private void noteHouseholds(UUID person, List<Change> changes) {
    for (Change change : changes) {
      Household joined =
          switch (change) {
            case Change.Entered(Person newcomer) -> newcomer.particulars().household();
            case Change.HouseholdChanged(Household household) -> household;
            default -> null;
          };
      if (joined != null) {
        households.computeIfAbsent(joined.id(), id -> new LinkedHashSet<>()).add(person);
      }
    }
  }

  private Map<UUID, Optional<Timeline>> without(RegisteredEvent superseded) {
    Map<UUID, Optional<Timeline>> touched = new HashMap<>();
    for (UUID person : superseded.persons()) {
      touched.put(person, life(person).without(superseded.id()));
    }
    return touched;
  }

  /** The lives as they are without the event that is taken back. */
  private final class View implements Lives {

    private final Map<UUID, Optional<Timeline>> without;

    View(Map<UUID, Optional<Timeline>> without) {
      this.without = without;
    }

    @Override
    public Optional<Timeline> of(UUID person) {
      Optional<Timeline> other = without.get(person);
      if (other != null) {
        return other;
      }
      Life life = lives.get(person);
      return life == null ? Optional.empty() : Optional.of(life.timeline());
    }

    @Override
    public Set<UUID> household(UUID household) {
      return households.getOrDefault(household, Set.of());
    }
  }
}
