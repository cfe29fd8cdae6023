package org.mekong.registry.person.storage;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;

/**
 * What happened to each person, and the row that follows from it. The two are written together or
 * not at all, in the caller's transaction.
 */
@ApplicationScoped
public class Timelines {

  private static final String LOCK =
      "select person_id from person where person_id = any (?) order by person_id for update";
  private static final String ENTRIES =
      "select person_id, seq, event_id, type, role, occurred_on, recorded_at, supersedes, changes"
          + " from person_event where person_id = any (?) order by person_id, seq";
  private static final String STAND =
      PersonTable.PERSON.insert()
          + " on conflict (person_id) do update set version = excluded.version,"
          + " changed_at = excluded.changed_at, birth_date = excluded.birth_date,"
          + " sex = excluded.sex, province = excluded.province,"
          + " life_status = excluded.life_status, marital_status = excluded.marital_status,"
          + " merged_into = excluded.merged_into, document = excluded.document";
  private static final String VANISH = "delete from person where person_id = ?";
  private static final String CLAIM =
      "insert into identifier (number, person_id) values (?, ?)"
          + " on conflict (number) do update set person_id = excluded.person_id"
          + " where identifier.person_id = any (?)";
  private static final String JOIN =
      "insert into household_member (household_id, person_id) values (?, ?) on conflict do nothing";

  private final List<Projection> projections;

  Timelines(@All List<Projection> projections) {
    this.projections = List.copyOf(projections);
  }

  /** Something that follows from a person and is kept in the same transaction, as an index is. */
  public interface Projection {

    /** Brings it in step with a person's timeline. */
    default void update(Connection transaction, UUID personId, Timeline timeline)
        throws SQLException {}

    /**
     * Brings it in step with all whom one event touches; who needs no more than a timeline each
     * implements the other.
     *
     * @param lives the timelines that the additions make, by person
     */
    default void update(Connection transaction, List<Addition> additions, Map<UUID, Timeline> lives)
        throws SQLException {
      for (Map.Entry<UUID, Timeline> life : lives.entrySet()) {
        update(transaction, life.getKey(), life.getValue());
      }
    }
  }

  /**
   * Holds these persons until the transaction ends, so that events on one person come one after the
   * other.
   *
   * @return those of them whom the register knows
   */
  public Set<UUID> lock(Connection transaction, Collection<UUID> ids) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(LOCK)) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      Set<UUID> held = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          held.add(rows.getObject(1, UUID.class));
        }
      }
      return held;
    }
  }

  /** Everything recorded on a person, in the order of recording; nothing for somebody unknown. */
  public List<Timeline.Entry> entries(Connection transaction, UUID personId) throws SQLException {
    return entries(transaction, List.of(personId)).getOrDefault(personId, List.of());
  }

  /** The same of many; those unknown are left out. */
  public Map<UUID, List<Timeline.Entry>> entries(Connection transaction, Collection<UUID> ids)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(ENTRIES)) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      Map<UUID, List<Timeline.Entry>> entries = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries
              .computeIfAbsent(rows.getObject("person_id", UUID.class), id -> new ArrayList<>())
              .add(entry(rows));
        }
      }
      return entries;
    }
  }

  /**
   * What is added to one timeline.
   *
   * @param entries all entries of the person, in the order of recording
   * @param from index of the first of them that is new
   */
  public record Addition(UUID personId, List<Timeline.Entry> entries, int from) {
    public Addition {
      entries = List.copyOf(entries);
    }

    List<Timeline.Entry> added() {
      return entries.subList(from, entries.size());
    }

    private boolean changes(Predicate<Change> kind) {
      return added().stream()
          .anyMatch(e -> e.supersedes() != null || e.changes().stream().anyMatch(kind));
    }
  }

  /** A number that is declared stands in the register for somebody else. */
  public static final class NumberTaken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient String number;

    /** That a number is taken. */
    public NumberTaken(String number) {
      super("A number is taken");
      this.number = number;
    }

    /** The number; it is personal data. */
    public String number() {
      return number;
    }
  }

  /**
   * Adds to the timelines of all whom one event touches, and brings their rows in step. A person
   * whose entry was annulled has no row; their numbers stay given, and their entries stay.
   *
   * @throws ChangeRefused when the entries of one do not make a life; nothing is written then
   * @throws NumberTaken when one of them claims a number of somebody who is not among them
   */
  public void append(Connection transaction, List<Addition> additions)
      throws SQLException, ChangeRefused, NumberTaken {
    Map<UUID, Timeline> lives = new LinkedHashMap<>();
    for (Addition addition : additions) {
      try {
        lives.put(addition.personId(), Timeline.of(addition.entries()));
      } catch (ChangeRefused refused) {
        throw refused.personId() == null ? refused.of(addition.personId()) : refused;
      }
    }
    Rows entries = new Rows(transaction, PersonTable.PERSON_EVENT.insert());
    Rows persons = new Rows(transaction, STAND);
    Rows vanished = new Rows(transaction, VANISH);
    Rows households = new Rows(transaction, JOIN);
    for (Addition addition : additions) {
      for (Timeline.Entry entry : addition.added()) {
        entries.add(PersonTable.row(addition.personId(), entry));
      }
      Optional<Person> now = now(lives, addition);
      if (now.isEmpty()) {
        vanished.add(addition.personId());
        continue;
      }
      Timeline.Entry last = addition.entries().getLast();
      Instant registeredAt = addition.entries().getFirst().recordedAt();
      persons.add(PersonTable.row(now.get(), last.seq(), registeredAt, last.recordedAt()));
      Household household = now.get().particulars().household();
      if (household != null && addition.changes(Timelines::joins)) {
        households.add(household.id(), now.get().id());
      }
    }
    entries.write();
    persons.write();
    vanished.write();
    households.write();
    claim(transaction, additions, lives);
    for (Projection projection : projections) {
      projection.update(transaction, additions, lives);
    }
  }

  private static Optional<Person> now(Map<UUID, Timeline> lives, Addition addition) {
    return lives.get(addition.personId()).latest().map(Timeline.Version::person);
  }

  private static boolean joins(Change change) {
    return change instanceof Change.Entered || change instanceof Change.HouseholdChanged;
  }

  private static boolean brings(Change change) {
    return change instanceof Change.Entered
        || change instanceof Change.NumberReplaced
        || change instanceof Change.Absorbed;
  }

  private static void claim(
      Connection transaction, List<Addition> additions, Map<UUID, Timeline> lives)
      throws SQLException, NumberTaken {
    Array touched = transaction.createArrayOf("uuid", lives.keySet().toArray());
    Rows claims = new Rows(transaction, CLAIM);
    List<String> numbers = new ArrayList<>();
    for (Addition addition : additions) {
      Optional<Person> now = now(lives, addition);
      if (now.isPresent() && addition.changes(Timelines::brings)) {
        Stream.concat(
                Stream.ofNullable(now.get().personalNumber()), now.get().earlierNumbers().stream())
            .forEach(
                number -> {
                  claims.add(number, now.get().id(), touched);
                  numbers.add(number);
                });
      }
    }
    int[] claimed = claims.write();
    for (int i = 0; i < claimed.length; i++) {
      if (claimed[i] == 0) {
        throw new NumberTaken(numbers.get(i));
      }
    }
  }

  /** Rows for one statement, sent together. */
  private static final class Rows {
    private final Connection transaction;
    private final String statement;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    Rows(Connection transaction, String statement) {
      this.transaction = transaction;
      this.statement = statement;
    }

    void add(@Nullable Object... row) {
      rows.add(row);
    }

    int[] write() throws SQLException {
      if (rows.isEmpty()) {
        return new int[0];
      }
      try (PreparedStatement prepared = transaction.prepareStatement(statement)) {
        for (@Nullable Object[] row : rows) {
          for (int i = 0; i < row.length; i++) {
            prepared.setObject(i + 1, row[i]);
          }
          prepared.addBatch();
        }
        return prepared.executeBatch();
      }
    }
  }

  /** The entry of a row with the columns of {@code person_event}. */
  public static Timeline.Entry entry(ResultSet row) throws SQLException {
    return new Timeline.Entry(
        row.getInt("seq"),
        row.getObject("event_id", UUID.class),
        row.getString("type"),
        row.getString("role"),
        PartialDate.parse(row.getString("occurred_on")).orElseThrow(),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getObject("supersedes", UUID.class),
        PersonJson.changes(row.getString("changes")));
  }
}
