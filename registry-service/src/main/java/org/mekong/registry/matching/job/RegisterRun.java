package org.mekong.registry.matching.job;

import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.matching.block.Candidates;
import org.mekong.registry.matching.block.KeyIndex;
import org.mekong.registry.matching.block.Keyed;
import org.mekong.registry.matching.compare.Comparer;
import org.mekong.registry.matching.compare.Comparison;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.pair.Duplicates;
import org.mekong.registry.matching.pair.Pair;
import org.mekong.registry.matching.pair.Scored;
import org.mekong.registry.matching.rule.Outcome;
import org.mekong.registry.matching.rule.RuleSet;
import org.mekong.registry.matching.rule.RuleSets;

/**
 * A run over the register: first it brings the blocking keys in step, which a load or new rules
 * left behind; then it compares everybody with those of higher keys who share one.
 */
@ApplicationScoped
class RegisterRun {

  private static final String HOLD =
      "select person_id, version from person where person_id = any (?) order by person_id"
          + " for update skip locked";

  private final RuleSets rules;
  private final KeyIndex index;
  private final Candidates candidates;
  private final Duplicates duplicates;

  RegisterRun(RuleSets rules, KeyIndex index, Candidates candidates, Duplicates duplicates) {
    this.rules = rules;
    this.index = index;
    this.candidates = candidates;
    this.duplicates = duplicates;
  }

  /**
   * Brings keys in step. A person whom somebody writes at this moment is left to them: the write
   * brings the keys in step itself.
   */
  void keys(Connection transaction, Job job, Stretch stretch) throws SQLException {
    RuleSet by = rules.rules(transaction, job.rules());
    Map<UUID, Optional<Traits>> persons = new LinkedHashMap<>();
    stretch.persons().forEach((id, read) -> persons.put(id, read.traits()));
    Set<UUID> behind = index.behind(transaction, by, persons);
    Map<UUID, Integer> held = hold(transaction, behind);
    persons
        .keySet()
        .removeIf(
            id -> {
              Integer version = held.get(id);
              Stretch.Read read = stretch.persons().get(id);
              return version == null || read == null || version != read.version();
            });
    index.put(transaction, by, persons);
  }

  /** Compares, and keeps what is found. */
  Tally compare(Connection transaction, Job job, Stretch stretch) throws SQLException {
    RuleSet by = rules.rules(transaction, job.rules());
    Map<UUID, Traits> traits = stretch.traits();
    List<Keyed> keyed = stretch.keyed(by.blocking());
    Map<UUID, Candidates.Found> found = candidates.of(transaction, keyed, by.blockLimit(), null);
    Set<Pair> standing = duplicates.ledBy(transaction, stretch.ids());
    Tally tally = Tally.of(job.result());
    Set<Pair> pairs = new HashSet<>(standing);
    for (Keyed person : keyed) {
      Candidates.Found of = found.get(person.personId());
      if (of != null) {
        pairs.addAll(higher(person.personId(), of.persons()));
        of.skipped().forEach(tally::skip);
      }
    }
    Map<UUID, Traits> known = new HashMap<>(traits);
    known.putAll(others(transaction, pairs, traits.keySet()));
    Comparer comparer = new Comparer(by);
    List<Scored> scored = new ArrayList<>();
    Set<Pair> gone = new HashSet<>();
    for (Pair pair : pairs) {
      Traits one = known.get(pair.one());
      Traits other = known.get(pair.other());
      if (one == null || other == null) {
        gone.add(pair);
        continue;
      }
      Comparison comparison = comparer.compare(one, other);
      tally.count(comparison);
      scored.add(Scored.of(one, other, comparison));
    }
    scored.removeIf(
        score -> score.comparison().outcome() == Outcome.NO && !standing.contains(score.pair()));
    duplicates.put(transaction, scored, job.rules());
    duplicates.lapse(transaction, gone);
    return tally;
  }

  /** The pairs of a person with those of higher keys. */
  static Collection<Pair> higher(UUID person, Set<UUID> others) {
    List<Pair> pairs = new ArrayList<>();
    for (UUID other : others) {
      if (person.compareTo(other) < 0) {
        pairs.add(new Pair(person, other));
      }
    }
    return pairs;
  }

  private Map<UUID, Traits> others(Connection transaction, Set<Pair> pairs, Set<UUID> known)
      throws SQLException {
    Set<UUID> others = new HashSet<>();
    for (Pair pair : pairs) {
      others.add(pair.one());
      others.add(pair.other());
    }
    others.removeAll(known);
    return candidates.traits(transaction, others);
  }

  private static Map<UUID, Integer> hold(Connection transaction, Set<UUID> persons)
      throws SQLException {
    Map<UUID, Integer> held = new HashMap<>();
    if (persons.isEmpty()) {
      return held;
    }
    try (PreparedStatement select = transaction.prepareStatement(HOLD)) {
      select.setArray(1, transaction.createArrayOf("uuid", persons.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          held.put(rows.getObject(1, UUID.class), rows.getInt(2));
        }
      }
    }
    return held;
  }
}
