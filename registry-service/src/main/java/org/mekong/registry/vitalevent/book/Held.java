package org.mekong.registry.vitalevent.book;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
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
import org.mekong.registry.vitalevent.Lives;

/**
 * Those whom one event touches, held by its transaction: their entries, and their timelines without
 * the event that it takes back. Who is touched may follow from who is held, as a widow follows from
 * the dead: whoever is asked for is held, and the question asked again.
 */
final class Held implements Lives {

  private final Ledger ledger;
  private final @Nullable UUID superseded;
  private final boolean annuls;
  private final Map<UUID, List<Timeline.Entry>> entries = new HashMap<>();
  private final Map<UUID, Timeline> lives = new HashMap<>();
  private final Map<UUID, Set<UUID>> households = new HashMap<>();
  private final Set<UUID> missing = new TreeSet<>();
  private final Set<UUID> missingHouseholds = new TreeSet<>();

  /**
   * Holds nobody yet.
   *
   * @param superseded the event that is taken back
   * @param annuls whether what that event took back in turn comes back
   */
  Held(Ledger ledger, @Nullable UUID superseded, boolean annuls) {
    this.ledger = ledger;
    this.superseded = superseded;
    this.annuls = annuls;
  }

  @Override
  public Optional<Timeline> of(UUID personId) {
    if (!entries.containsKey(personId)) {
      missing.add(personId);
    }
    return Optional.ofNullable(lives.get(personId));
  }

  @Override
  public Set<UUID> household(UUID householdId) {
    Set<UUID> members = households.get(householdId);
    if (members == null) {
      missingHouseholds.add(householdId);
      return Set.of();
    }
    Set<UUID> others = new TreeSet<>(members);
    done(Change.Entered.class).ifPresent(entered -> others.remove(entered.person().id()));
    return others;
  }

  /** Everything recorded on a person who is held. */
  List<Timeline.Entry> entries(UUID personId) {
    return entries.getOrDefault(personId, List.of());
  }

  /** What the superseded event did. */
  <T extends Change> Optional<T> done(Class<T> change) {
    return entries.values().stream()
        .flatMap(List::stream)
        .filter(entry -> entry.eventId().equals(superseded))
        .flatMap(entry -> entry.changes().stream())
        .filter(change::isInstance)
        .map(change::cast)
        .findFirst();
  }

  /** The answer to a question for which everyone is held whom it asks for. */
  <T> T settled(Supplier<T> question) throws SQLException {
    T answer = question.get();
    while (!missing.isEmpty() || !missingHouseholds.isEmpty()) {
      for (UUID household : missingHouseholds) {
        households.put(household, ledger.household(household));
      }
      missingHouseholds.clear();
      hold(Set.copyOf(missing));
      missing.clear();
      answer = question.get();
    }
    return answer;
  }

  /** Holds persons, always in the same order. */
  void hold(Collection<UUID> persons) throws SQLException {
    Set<UUID> unheld = new TreeSet<>(persons);
    unheld.removeAll(entries.keySet());
    if (unheld.isEmpty()) {
      return;
    }
    Map<UUID, List<Timeline.Entry>> recorded = ledger.hold(unheld);
    for (UUID person : unheld) {
      List<Timeline.Entry> all = recorded.getOrDefault(person, List.of());
      entries.put(person, all);
      Timeline life = withoutSuperseded(all);
      if (life.latest().isPresent()) {
        lives.put(person, life);
      }
    }
  }

  /** The life as it stands in the register. */
  Optional<Person> now(UUID personId) {
    return Timeline.asFarAsItHolds(entries(personId)).latest().map(Timeline.Version::person);
  }

  /**
   * Whoever enters by the superseded event is looked at as they entered. Where others of somebody's
   * events stand on the superseded one, these are left out until it is replaced.
   */
  private Timeline withoutSuperseded(List<Timeline.Entry> recorded) {
    List<Timeline.Entry> without =
        annuls ? Timeline.effective(remaining(recorded)) : remaining(Timeline.effective(recorded));
    try {
      return Timeline.of(without);
    } catch (ChangeRefused standsOnIt) {
      return Timeline.asFarAsItHolds(without);
    }
  }

  private List<Timeline.Entry> remaining(List<Timeline.Entry> recorded) {
    return recorded.stream()
        .filter(
            entry ->
                !entry.eventId().equals(superseded)
                    || entry.changes().stream().anyMatch(Change.Entered.class::isInstance))
        .toList();
  }
}
