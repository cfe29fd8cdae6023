package org.mekong.registry.vitalevent.book;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Lives;
import org.mekong.registry.vitalevent.Party;

/**
 * What one event adds to the timelines of those held, and the lives of all of them after it. Not
 * thread-safe.
 */
final class Additions implements Lives {

  private final Held held;
  private final Map<UUID, List<Timeline.Entry>> entries = new LinkedHashMap<>();

  Additions(Held held) {
    this.held = held;
  }

  @Override
  public Optional<Timeline> of(UUID person) {
    List<Timeline.Entry> all = entries.get(person);
    return all == null
        ? held.of(person)
        : Optional.of(Timeline.asFarAsItHolds(all)).filter(life -> life.latest().isPresent());
  }

  @Override
  public Set<UUID> household(UUID householdId) {
    return held.household(householdId);
  }

  /** Adds an entry behind those recorded and added before. */
  void add(UUID person, IntFunction<Timeline.Entry> entry) {
    List<Timeline.Entry> all =
        entries.computeIfAbsent(person, id -> new ArrayList<>(held.entries(id)));
    all.add(entry.apply(all.size() + 1));
  }

  /**
   * Makes widows of those who, by the event, turn out to have been married to somebody whose death
   * was registered before: late marriages, and divorces that are taken back.
   *
   * @return the deaths that reach somebody, by whom they reach
   */
  Map<UUID, UUID> widow(Instant recordedAt) {
    Map<UUID, UUID> reached = new LinkedHashMap<>();
    for (UUID person : List.copyOf(entries.keySet())) {
      Person now = now(person).orElse(null);
      UUID spouse = now == null ? null : spouse(now);
      if (now == null || spouse == null || !entries.containsKey(spouse)) {
        continue;
      }
      PartialDate died = now(spouse).map(dead -> dead.particulars().dateOfDeath()).orElse(null);
      PartialDate own = now.particulars().dateOfDeath();
      if (died != null && own != null && own.latest().isBefore(died.earliest())) {
        continue; // who died first is nobody's widow
      }
      Optional<Timeline.Entry> death =
          Timeline.effective(entries.get(spouse)).stream().filter(Additions::isDeath).findFirst();
      if (died != null && death.isPresent()) {
        Timeline.Entry of = death.get();
        add(
            person,
            seq ->
                new Timeline.Entry(
                    seq,
                    of.eventId(),
                    of.type(),
                    "spouse",
                    died,
                    recordedAt,
                    null,
                    List.of(new Change.Widowed(Party.of(spouse).as(Relationship.Kind.SPOUSE)))));
        reached.put(person, of.eventId());
      }
    }
    return reached;
  }

  /** The person after all that is added, as far as it holds. */
  Optional<Person> now(UUID person) {
    return Timeline.asFarAsItHolds(entries.getOrDefault(person, List.of()))
        .latest()
        .map(Timeline.Version::person);
  }

  /** The person's version from now on. */
  int version(UUID person) {
    return entries.getOrDefault(person, List.of()).size();
  }

  List<Timelines.Addition> list() {
    return entries.entrySet().stream()
        .map(
            of ->
                new Timelines.Addition(
                    of.getKey(), of.getValue(), held.entries(of.getKey()).size()))
        .toList();
  }

  private static @Nullable UUID spouse(Person person) {
    return person.particulars().relationships().stream()
        .filter(relative -> relative.kind() == Relationship.Kind.SPOUSE)
        .flatMap(relative -> Stream.ofNullable(relative.personId()))
        .findFirst()
        .orElse(null);
  }

  private static boolean isDeath(Timeline.Entry entry) {
    return entry.changes().stream()
        .anyMatch(
            change ->
                change instanceof Change.Died
                    || (change instanceof Change.Entered entered
                        && entered.person().particulars().lifeStatus() == LifeStatus.DEAD));
  }
}
