package org.mekong.registry.matching.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.mekong.registry.matching.block.BlockingKeys;
import org.mekong.registry.matching.block.Candidates;
import org.mekong.registry.matching.block.Keyed;
import org.mekong.registry.matching.compare.Comparer;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.pair.Duplicates;
import org.mekong.registry.matching.pair.Pair;
import org.mekong.registry.matching.pair.Scored;
import org.mekong.registry.matching.rule.RuleSets;

/**
 * Compares those whose traits changed, after the change is committed. A person is compared and
 * taken from the queue in one transaction; several replicas work beside each other.
 */
@ApplicationScoped
class DueQueue {

  private static final int MOST = 20;
  private static final String TAKE =
      "delete from match_due where (person_id, due_at) in (select person_id, due_at from match_due"
          + " order by due_at limit ? for update skip locked) returning person_id";

  private final RuleSets rules;
  private final Candidates candidates;
  private final Duplicates duplicates;

  private final Counter compared;
  private final Counter skipped;

  DueQueue(RuleSets rules, Candidates candidates, Duplicates duplicates, MeterRegistry metrics) {
    this.rules = rules;
    this.candidates = candidates;
    this.duplicates = duplicates;
    compared =
        Counter.builder("mekong.matching.compared")
            .description("Pairs that were compared because one of the two was new or changed")
            .register(metrics);
    skipped =
        Counter.builder("mekong.matching.skipped.blocks")
            .description("Blocks that were not compared because they hold too many")
            .register(metrics);
  }

  /**
   * Compares some of those who are due.
   *
   * @return how many; none when the queue is empty
   */
  int work(Connection transaction) throws SQLException {
    Set<UUID> due = take(transaction);
    RuleSets.Versioned inForce = rules.inForce(transaction);
    Map<UUID, Traits> persons = candidates.traits(transaction, due);
    for (UUID person : due) {
      Traits traits = persons.get(person);
      if (traits == null) {
        duplicates.lapse(transaction, duplicates.of(transaction, person));
      } else {
        compare(transaction, traits, inForce);
      }
    }
    return due.size();
  }

  private void compare(Connection transaction, Traits person, RuleSets.Versioned inForce)
      throws SQLException {
    Keyed keyed = new Keyed(person.id(), BlockingKeys.of(inForce.rules().blocking(), person));
    Candidates.Found found = candidates.of(transaction, keyed, inForce.rules().blockLimit());
    skipped.increment(found.skipped().size());
    Set<UUID> others = new TreeSet<>(found.persons());
    Set<Pair> standing = duplicates.of(transaction, person.id());
    for (Pair pair : standing) {
      others.add(pair.one().equals(person.id()) ? pair.other() : pair.one());
    }
    Comparer comparer = new Comparer(inForce.rules());
    Map<UUID, Traits> known = candidates.traits(transaction, others);
    List<Scored> scored = new ArrayList<>();
    for (Traits other : known.values()) {
      scored.add(Scored.of(person, other, comparer.compare(person, other)));
    }
    compared.increment(scored.size());
    duplicates.put(transaction, scored, inForce.version());
    duplicates.lapse(transaction, gone(standing, person.id(), known.keySet()));
  }

  private static Collection<Pair> gone(Set<Pair> standing, UUID person, Set<UUID> known) {
    Set<Pair> gone = new HashSet<>(standing);
    gone.removeIf(pair -> known.contains(pair.one().equals(person) ? pair.other() : pair.one()));
    return gone;
  }

  private static Set<UUID> take(Connection transaction) throws SQLException {
    try (PreparedStatement take = transaction.prepareStatement(TAKE)) {
      take.setInt(1, MOST);
      Set<UUID> due = new TreeSet<>();
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          due.add(rows.getObject(1, UUID.class));
        }
      }
      return due;
    }
  }
}
