package org.mekong.registry.matching.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.block.Candidates;
import org.mekong.registry.matching.block.Keyed;
import org.mekong.registry.matching.compare.Comparer;
import org.mekong.registry.matching.compare.Comparison;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.pair.Duplicates;
import org.mekong.registry.matching.pair.Pair;
import org.mekong.registry.matching.rule.BlockingKey;
import org.mekong.registry.matching.rule.Outcome;
import org.mekong.registry.matching.rule.RuleSet;
import org.mekong.registry.matching.rule.RuleSets;

/**
 * Tries rules over the register against those in force. The keys of both are made for the dry run
 * alone and go with it; nothing else is written but its own progress and result.
 */
@ApplicationScoped
class DryRun {

  private static final String KEYS =
      "insert into match_trial_key (job_id, key, person_id)"
          + " select ?, unnest(?::bigint[]), unnest(?::uuid[]) on conflict do nothing";

  private final RuleSets rules;
  private final Candidates candidates;
  private final Duplicates duplicates;

  DryRun(RuleSets rules, Candidates candidates, Duplicates duplicates) {
    this.rules = rules;
    this.candidates = candidates;
    this.duplicates = duplicates;
  }

  /** Makes the keys of both rule sets. */
  void keys(Connection transaction, Job job, Stretch stretch) throws SQLException {
    Map<String, BlockingKey> blocking = new LinkedHashMap<>();
    for (int version : new int[] {job.rules(), job.against()}) {
      for (BlockingKey key : rules.rules(transaction, version).blocking()) {
        blocking.putIfAbsent(key.definition(), key);
      }
    }
    List<Long> keys = new ArrayList<>();
    List<UUID> persons = new ArrayList<>();
    for (Keyed keyed : stretch.keyed(List.copyOf(blocking.values()))) {
      for (Long key : keyed.keys().keySet()) {
        keys.add(key);
        persons.add(keyed.personId());
      }
    }
    try (PreparedStatement insert = transaction.prepareStatement(KEYS)) {
      insert.setObject(1, job.id());
      insert.setArray(2, transaction.createArrayOf("bigint", keys.toArray()));
      insert.setArray(3, transaction.createArrayOf("uuid", persons.toArray()));
      insert.executeUpdate();
    }
  }

  /** Compares by both rule sets. */
  Tally compare(Connection transaction, Job job, Stretch stretch) throws SQLException {
    RuleSet tried = rules.rules(transaction, job.rules());
    RuleSet inForce = rules.rules(transaction, job.against());
    Tally tally = Tally.of(job.result());
    Set<Pair> now = pairs(transaction, job, stretch, inForce, null);
    Set<Pair> then = pairs(transaction, job, stretch, tried, tally);
    Set<Pair> all = new HashSet<>(now);
    all.addAll(then);
    Map<UUID, Traits> known = known(transaction, stretch, all);
    Set<Pair> decided = duplicates.decidedLedBy(transaction, stretch.ids());
    Comparer trying = new Comparer(tried);
    Comparer comparer = new Comparer(inForce);
    for (Pair pair : all) {
      Traits one = known.get(pair.one());
      Traits other = known.get(pair.other());
      if (one == null || other == null) {
        continue;
      }
      Outcome before = now.contains(pair) ? comparer.compare(one, other).outcome() : Outcome.NO;
      Outcome after = Outcome.NO;
      if (then.contains(pair)) {
        Comparison comparison = trying.compare(one, other);
        tally.count(comparison);
        after = comparison.outcome();
      }
      if (!decided.contains(pair)) {
        tally.change(before.code(), after.code(), pair);
      }
    }
    return tally;
  }

  /** Clears away what the dry run needed. */
  void end(Connection transaction, UUID job) throws SQLException {
    try (PreparedStatement delete =
        transaction.prepareStatement("delete from match_trial_key where job_id = ?")) {
      delete.setObject(1, job);
      delete.executeUpdate();
    }
  }

  private Set<Pair> pairs(
      Connection transaction, Job job, Stretch stretch, RuleSet by, @Nullable Tally tally)
      throws SQLException {
    List<Keyed> keyed = stretch.keyed(by.blocking());
    Map<UUID, Candidates.Found> found =
        candidates.of(transaction, keyed, by.blockLimit(), job.id());
    Set<Pair> pairs = new HashSet<>();
    for (Keyed person : keyed) {
      Candidates.Found of = found.get(person.personId());
      if (of != null) {
        pairs.addAll(RegisterRun.higher(person.personId(), of.persons()));
        if (tally != null) {
          of.skipped().forEach(tally::skip);
        }
      }
    }
    return pairs;
  }

  private Map<UUID, Traits> known(Connection transaction, Stretch stretch, Set<Pair> pairs)
      throws SQLException {
    Map<UUID, Traits> known = new HashMap<>(stretch.traits());
    Set<UUID> others = new HashSet<>();
    pairs.forEach(pair -> others.add(pair.other()));
    others.removeAll(known.keySet());
    known.putAll(candidates.traits(transaction, others));
    return known;
  }
}
