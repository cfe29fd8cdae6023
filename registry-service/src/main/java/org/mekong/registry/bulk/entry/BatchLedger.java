package org.mekong.registry.bulk.entry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.population.load.VillageRows;
import org.mekong.registry.vitalevent.book.Ledger;
import org.mekong.registry.vitalevent.book.Numbering;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * A ledger for many first registrations in one transaction. It reads in few statements what they
 * stand on, keeps what they write, and lets later ones see it; {@link #store} writes all of it.
 */
final class BatchLedger implements Ledger {

  private static final String HOLD_HOUSEHOLDS =
      "select pg_advisory_xact_lock(k) from (select unnest(?::bigint[]) as k order by 1) of";
  private static final String MEMBERS =
      "select household_id, person_id from household_member where household_id = any (?)";

  private final Connection transaction;
  private final Timelines timelines;
  private final Numbering numbering;
  private final Set<String> taken;
  private final Map<UUID, List<Timeline.Entry>> entries = new HashMap<>();
  private final Map<UUID, Timeline> newcomers = new LinkedHashMap<>();
  private final Map<UUID, Integer> grown = new LinkedHashMap<>();
  private final Map<UUID, Set<UUID>> households = new HashMap<>();
  private final List<RegisteredEvent> events = new ArrayList<>();
  private @Nullable String number;

  /**
   * An empty ledger.
   *
   * @param taken numbers that stand in the register, of those that rows bring; the rows' own join
   *     them
   */
  BatchLedger(Connection transaction, Timelines timelines, Numbering numbering, Set<String> taken) {
    this.transaction = transaction;
    this.timelines = timelines;
    this.numbering = numbering;
    this.taken = taken;
  }

  /** Holds persons and households before anybody asks for them one by one. */
  void prepare(Collection<UUID> persons, Collection<UUID> headed) throws SQLException {
    Set<UUID> all = new HashSet<>(persons);
    if (!headed.isEmpty()) {
      headed.forEach(household -> households.put(household, new TreeSet<>()));
      try (PreparedStatement hold = transaction.prepareStatement(HOLD_HOUSEHOLDS)) {
        Object[] keys =
            headed.stream()
                .map(id -> id.getMostSignificantBits() ^ id.getLeastSignificantBits())
                .toArray();
        hold.setArray(1, transaction.createArrayOf("bigint", keys));
        hold.execute();
      }
      try (PreparedStatement select = transaction.prepareStatement(MEMBERS)) {
        select.setArray(1, transaction.createArrayOf("uuid", headed.toArray()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            UUID member = rows.getObject(2, UUID.class);
            members(rows.getObject(1, UUID.class)).add(member);
            all.add(member);
          }
        }
      }
    }
    hold(all);
  }

  /** Takes somebody for held who stands in no table: a row that is checked and not stored. */
  void pretend(Person person, Timeline.Entry entry) {
    entries.put(person.id(), List.of(entry));
  }

  /** The number that the next newcomer gets. */
  void give(@Nullable String next) {
    number = next;
  }

  /** Whether a number that a row brings is somebody's. */
  boolean isTaken(String brought) {
    return taken.contains(brought);
  }

  /** A newcomer of this ledger. */
  Person newcomer(UUID id) {
    return Objects.requireNonNull(newcomers.get(id)).latest().orElseThrow().person();
  }

  @Override
  public Map<UUID, List<Timeline.Entry>> hold(Set<UUID> persons) throws SQLException {
    Set<UUID> unheld = new TreeSet<>(persons);
    unheld.removeAll(entries.keySet());
    if (!unheld.isEmpty()) {
      timelines.lock(transaction, unheld);
      Map<UUID, List<Timeline.Entry>> recorded = timelines.entries(transaction, unheld);
      unheld.forEach(person -> entries.put(person, recorded.getOrDefault(person, List.of())));
    }
    Map<UUID, List<Timeline.Entry>> held = new HashMap<>();
    for (UUID person : persons) {
      List<Timeline.Entry> of = entries.getOrDefault(person, List.of());
      if (!of.isEmpty()) {
        held.put(person, of);
      }
    }
    return held;
  }

  @Override
  public Set<UUID> household(UUID householdId) throws SQLException {
    if (!households.containsKey(householdId)) {
      prepare(List.of(), List.of(householdId));
    }
    return members(householdId);
  }

  private Set<UUID> members(UUID household) {
    return households.computeIfAbsent(household, id -> new TreeSet<>());
  }

  @Override
  public Optional<RegisteredEvent> find(UUID eventId) {
    return Optional.empty();
  }

  @Override
  public String allocate(UUID personId, Particulars particulars) {
    entries.put(personId, List.of());
    return Objects.requireNonNull(number, "no number was prepared");
  }

  @Override
  public boolean isMismatch(Person person) {
    return numbering.isMismatch(person);
  }

  @Override
  public void write(
      List<RegisteredEvent> written, List<Timelines.Addition> additions, Map<UUID, UUID> reached)
      throws ChangeRefused, Timelines.NumberTaken {
    if (!reached.isEmpty()) {
      throw new IllegalStateException("A first registration makes nobody a widow");
    }
    Map<UUID, Timeline> lives = new LinkedHashMap<>();
    for (Timelines.Addition addition : additions) {
      lives.put(addition.personId(), life(addition));
    }
    for (Timelines.Addition addition : additions) {
      if (addition.from() == 0) {
        claim(lives.get(addition.personId()));
      }
    }
    for (Timelines.Addition addition : additions) {
      UUID person = addition.personId();
      entries.put(person, addition.entries());
      if (addition.from() == 0 || newcomers.containsKey(person)) {
        newcomers.put(person, Objects.requireNonNull(lives.get(person)));
      } else {
        grown.putIfAbsent(person, addition.from());
      }
    }
    events.addAll(written);
  }

  private static Timeline life(Timelines.Addition addition) throws ChangeRefused {
    try {
      return Timeline.of(addition.entries());
    } catch (ChangeRefused refused) {
      throw refused.personId() == null ? refused.of(addition.personId()) : refused;
    }
  }

  private void claim(@Nullable Timeline life) throws Timelines.NumberTaken {
    Person person =
        Objects.requireNonNull(life).latest().map(Timeline.Version::person).orElseThrow();
    List<String> numbers = new ArrayList<>(person.earlierNumbers());
    numbers.add(Objects.requireNonNull(person.personalNumber()));
    for (String each : numbers) {
      if (taken.contains(each)) {
        throw new Timelines.NumberTaken(each);
      }
    }
    taken.addAll(numbers);
    Household household = person.particulars().household();
    if (household != null) {
      members(household.id()).add(person.id());
    }
  }

  /** Writes everything: newcomers by COPY, and what those have more who were there before. */
  void store(VillageRows rows) throws SQLException {
    newcomers.forEach((id, life) -> rows.add(newcomer(id), entries.get(id), life));
    events.forEach(rows::add);
    rows.send(transaction);
    if (grown.isEmpty()) {
      return;
    }
    List<Timelines.Addition> additions = new ArrayList<>();
    grown.forEach(
        (person, from) -> additions.add(new Timelines.Addition(person, entries.get(person), from)));
    try {
      timelines.append(transaction, additions);
    } catch (ChangeRefused | Timelines.NumberTaken e) {
      throw new IllegalStateException("What was checked does not hold any more", e);
    }
  }
}
