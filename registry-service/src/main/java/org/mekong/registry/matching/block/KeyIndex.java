package org.mekong.registry.matching.block;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.rule.RuleSet;
import org.mekong.registry.matching.rule.RuleSets;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;

/**
 * Keeps each person's blocking keys in step with the person, in the same transaction, and notes who
 * is to be compared again. An event that changes nothing that is compared costs one read.
 */
@ApplicationScoped
public class KeyIndex implements Timelines.Projection {

  private static final String ROWS =
      "select person_id, keys, traits from match_person where person_id = any (?)";
  private static final String TAKE_BACK =
      "delete from match_key m using unnest(?::bigint[], ?::uuid[]) as g (key, person_id)"
          + " where m.key = g.key and m.person_id = g.person_id";
  private static final String ADD =
      "insert into match_key (key, person_id) select unnest(?::bigint[]), unnest(?::uuid[])"
          + " on conflict do nothing";
  private static final String STAND =
      "insert into match_person (person_id, keys, traits) values (?, ?, ?)"
          + " on conflict (person_id) do update set keys = excluded.keys,"
          + " traits = excluded.traits";
  private static final String DUE =
      "insert into match_due (person_id, due_at) values (?, ?) on conflict do nothing";

  private final RuleSets rules;
  private final Clock clock;

  KeyIndex(RuleSets rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * What is kept of a person.
   *
   * @param keys in order; none of somebody who is not compared
   * @param traits digest of what is compared
   */
  private record Row(Long[] keys, long traits) {

    static Row of(RuleSet rules, Optional<Traits> traits) {
      return traits
          .map(
              of ->
                  new Row(
                      BlockingKeys.of(rules.blocking(), of).keySet().toArray(Long[]::new),
                      of.digest()))
          .orElseGet(() -> new Row(new Long[0], 0));
    }

    boolean isSame(@Nullable Row other) {
      return other != null && traits == other.traits && Arrays.equals(keys, other.keys);
    }
  }

  @Override
  public void update(Connection transaction, UUID personId, Timeline timeline) throws SQLException {
    Optional<Traits> traits = timeline.latest().map(Timeline.Version::person).flatMap(Traits::of);
    RuleSet inForce = rules.inForce(transaction).rules();
    if (!put(transaction, inForce, Map.of(personId, traits)).isEmpty()) {
      try (PreparedStatement due = transaction.prepareStatement(DUE)) {
        due.setObject(1, personId);
        due.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
        due.executeUpdate();
      }
    }
  }

  /** Those whose keys are not in step. */
  public Set<UUID> behind(Connection transaction, RuleSet by, Map<UUID, Optional<Traits>> persons)
      throws SQLException {
    Map<UUID, Row> rows = rows(transaction, persons.keySet());
    Set<UUID> behind = new LinkedHashSet<>();
    persons.forEach(
        (person, traits) -> {
          if (!Row.of(by, traits).isSame(rows.get(person))) {
            behind.add(person);
          }
        });
    return behind;
  }

  /**
   * Brings keys in step, for persons whom the transaction holds.
   *
   * @return those of whom anything compared changed
   */
  public Set<UUID> put(Connection transaction, RuleSet by, Map<UUID, Optional<Traits>> persons)
      throws SQLException {
    Map<UUID, Row> rows = rows(transaction, persons.keySet());
    Map<UUID, Row> changed = new HashMap<>();
    Keys gone = new Keys();
    Keys added = new Keys();
    persons.forEach(
        (person, traits) -> {
          Row now = Row.of(by, traits);
          Row before = rows.get(person);
          if (!now.isSame(before)) {
            changed.put(person, now);
            Set<Long> had = before == null ? Set.of() : new HashSet<>(List.of(before.keys));
            Set<Long> has = new HashSet<>(List.of(now.keys));
            had.stream().filter(key -> !has.contains(key)).forEach(key -> gone.add(key, person));
            has.stream().filter(key -> !had.contains(key)).forEach(key -> added.add(key, person));
          }
        });
    gone.write(transaction, TAKE_BACK);
    added.write(transaction, ADD);
    stand(transaction, changed);
    return changed.keySet();
  }

  private static void stand(Connection transaction, Map<UUID, Row> changed) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedStatement stand = transaction.prepareStatement(STAND)) {
      for (Map.Entry<UUID, Row> person : changed.entrySet()) {
        stand.setObject(1, person.getKey());
        stand.setArray(2, transaction.createArrayOf("bigint", person.getValue().keys()));
        stand.setLong(3, person.getValue().traits());
        stand.addBatch();
      }
      stand.executeBatch();
    }
  }

  private static Map<UUID, Row> rows(Connection transaction, Collection<UUID> persons)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(ROWS)) {
      select.setArray(1, transaction.createArrayOf("uuid", persons.toArray()));
      Map<UUID, Row> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(
              rows.getObject(1, UUID.class),
              new Row((Long[]) rows.getArray(2).getArray(), rows.getLong(3)));
        }
      }
      return found;
    }
  }

  /** Keys of persons, written together. */
  private static final class Keys {
    private final List<Long> keys = new ArrayList<>();
    private final List<UUID> persons = new ArrayList<>();

    void add(Long key, UUID person) {
      keys.add(key);
      persons.add(person);
    }

    void write(Connection transaction, String statement) throws SQLException {
      if (keys.isEmpty()) {
        return;
      }
      try (PreparedStatement prepared = transaction.prepareStatement(statement)) {
        Array all = transaction.createArrayOf("bigint", keys.toArray());
        prepared.setArray(1, all);
        prepared.setArray(2, transaction.createArrayOf("uuid", persons.toArray()));
        prepared.executeUpdate();
      }
    }
  }
}
