package org.mekong.registry.matching.block;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.person.storage.PersonJson;

/**
 * Who shares a blocking key with whom: one range of the key for each block, never longer than the
 * limit. Works in the caller's transaction.
 */
@ApplicationScoped
public class Candidates {

  private static final String BLOCKS =
      "select k.key, m.person_id from unnest(?::bigint[]) as k (key) cross join lateral"
          + " (select person_id from match_key where key = k.key limit ?) m";
  private static final String TRIAL_BLOCKS =
      "select k.key, m.person_id from unnest(?::bigint[]) as k (key) cross join lateral"
          + " (select person_id from match_trial_key where job_id = ? and key = k.key limit ?) m";
  private static final String DOCUMENTS = "select document from person where person_id = any (?)";

  /**
   * Who is to be compared with somebody.
   *
   * @param persons candidates in the order of their keys
   * @param skipped names of the rules whose block holds too many to be compared
   */
  public record Found(Set<UUID> persons, Set<String> skipped) {}

  /** The candidates of one person. */
  public Found of(Connection transaction, Keyed person, int limit) throws SQLException {
    return of(transaction, List.of(person), limit, null).getOrDefault(person.personId(), none());
  }

  /**
   * The candidates of several persons.
   *
   * @param trial the dry run whose keys are meant; those in force when absent
   */
  public Map<UUID, Found> of(
      Connection transaction, Collection<Keyed> persons, int limit, @Nullable UUID trial)
      throws SQLException {
    Set<Long> keys = new HashSet<>();
    persons.forEach(person -> keys.addAll(person.keys().keySet()));
    Map<Long, List<UUID>> blocks = blocks(transaction, keys, limit + 1, trial);
    Map<UUID, Found> found = new HashMap<>();
    for (Keyed person : persons) {
      Found of = none();
      person
          .keys()
          .forEach(
              (key, rule) -> {
                List<UUID> block = blocks.getOrDefault(key, List.of());
                if (block.size() > limit) {
                  of.skipped.add(rule);
                } else {
                  of.persons.addAll(block);
                }
              });
      of.persons.remove(person.personId());
      found.put(person.personId(), of);
    }
    return found;
  }

  /** What is compared of persons; those of whom nothing is are left out. */
  public Map<UUID, Traits> traits(Connection transaction, Collection<UUID> persons)
      throws SQLException {
    Map<UUID, Traits> traits = new HashMap<>();
    if (persons.isEmpty()) {
      return traits;
    }
    try (PreparedStatement select = transaction.prepareStatement(DOCUMENTS)) {
      select.setArray(1, transaction.createArrayOf("uuid", persons.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Traits.of(PersonJson.person(rows.getString(1)))
              .ifPresent(found -> traits.put(found.id(), found));
        }
      }
    }
    return traits;
  }

  private static Map<Long, List<UUID>> blocks(
      Connection transaction, Set<Long> keys, int most, @Nullable UUID trial) throws SQLException {
    Map<Long, List<UUID>> blocks = new HashMap<>();
    if (keys.isEmpty()) {
      return blocks;
    }
    try (PreparedStatement select =
        transaction.prepareStatement(trial == null ? BLOCKS : TRIAL_BLOCKS)) {
      Array array = transaction.createArrayOf("bigint", keys.toArray());
      int next = 1;
      select.setArray(next++, array);
      if (trial != null) {
        select.setObject(next++, trial);
      }
      select.setInt(next, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          blocks
              .computeIfAbsent(rows.getLong(1), any -> new ArrayList<>())
              .add(rows.getObject(2, UUID.class));
        }
      }
    }
    return blocks;
  }

  private static Found none() {
    return new Found(new TreeSet<>(), new TreeSet<>());
  }
}
