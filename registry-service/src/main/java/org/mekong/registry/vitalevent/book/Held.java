package org.mekong.registry.vitalevent.book;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.vitalevent.Effects.Effect;
import org.mekong.registry.vitalevent.Lives;

/**
 * Those whom one event touches, held by its transaction: their entries, and their timelines without
 * the event that it takes back. Who is touched may follow from who is held, as a widow follows from
 * the dead: what is asked for is held before it is looked at.
 */
final class Held implements Lives {

  private final Connection transaction;
  private final Timelines timelines;
  private final @Nullable RegisteredEvent superseded;
  private final Map<UUID, List<Timeline.Entry>> entries = new HashMap<>();
  private final Map<UUID, Timeline> lives = new HashMap<>();
  private final Set<UUID> missing = new TreeSet<>();

  /** Holds everyone whom a superseded event touched; the others as they are found. */
  Held(Connection transaction, Timelines timelines, Optional<RegisteredEvent> superseded)
      throws SQLException {
    this.transaction = transaction;
    this.timelines = timelines;
    this.superseded = superseded.orElse(null);
    if (superseded.isPresent()) {
      hold(new TreeSet<>(superseded.get().persons()));
      refuseTakingBackTwice(superseded.get());
    }
  }

  private void refuseTakingBackTwice(RegisteredEvent event) {
    boolean stands =
        event.persons().stream()
            .flatMap(person -> Timeline.effective(entries(person)).stream())
            .anyMatch(entry -> entry.eventId().equals(event.id()));
    if (!stands) {
      throw Problem.EVENT_CONFLICT.because(
          "The event was corrected or annulled already; name the event that replaced it.",
          "event/stands");
    }
  }

  @Nullable UUID superseded() {
    return superseded == null ? null : superseded.id();
  }

  @Override
  public Optional<Timeline> of(UUID personId) {
    if (!entries.containsKey(personId)) {
      missing.add(personId);
      return Optional.empty();
    }
    return Optional.ofNullable(lives.get(personId));
  }

  /** Whoever entered the register by the superseded event, as they entered. */
  Optional<Person> entered() {
    return entries.values().stream()
        .flatMap(List::stream)
        .filter(entry -> entry.eventId().equals(superseded()))
        .flatMap(entry -> entry.changes().stream())
        .filter(Change.Entered.class::isInstance)
        .map(change -> ((Change.Entered) change).person())
        .findFirst();
  }

  List<Timeline.Entry> entries(UUID personId) {
    return entries.getOrDefault(personId, List.of());
  }

  /**
   * The effects of an event, with everyone touched held. Those whom only the superseded event
   * touched get an entry without changes, which takes it back.
   */
  Map<UUID, Effect> all(Supplier<Map<UUID, Effect>> effects) throws SQLException {
    Map<UUID, Effect> found = effects.get();
    for (Set<UUID> unheld = unheld(found); !unheld.isEmpty(); unheld = unheld(found)) {
      hold(unheld);
      found = effects.get();
    }
    Map<UUID, Effect> all = new LinkedHashMap<>(found);
    if (superseded != null) {
      for (UUID person : superseded.persons()) {
        all.putIfAbsent(person, new Effect("person", List.of()));
      }
    }
    return all;
  }

  private Set<UUID> unheld(Map<UUID, Effect> effects) {
    Set<UUID> unheld = new TreeSet<>(effects.keySet());
    unheld.addAll(missing);
    unheld.removeAll(entries.keySet());
    missing.clear();
    return unheld;
  }

  private void hold(Set<UUID> persons) throws SQLException {
    timelines.lock(transaction, persons);
    for (UUID person : persons) {
      List<Timeline.Entry> recorded = timelines.entries(transaction, person);
      entries.put(person, recorded);
      timeline(recorded).ifPresent(life -> lives.put(person, life));
    }
  }

  private Optional<Timeline> timeline(List<Timeline.Entry> recorded) {
    List<Timeline.Entry> without = new ArrayList<>();
    for (Timeline.Entry entry : Timeline.effective(recorded)) {
      if (!entry.eventId().equals(superseded())) {
        without.add(entry);
      }
    }
    try {
      Timeline life = Timeline.of(without);
      return life.latest().isEmpty() ? Optional.empty() : Optional.of(life);
    } catch (ChangeRefused refused) {
      throw Refusal.of(refused, superseded());
    }
  }
}
