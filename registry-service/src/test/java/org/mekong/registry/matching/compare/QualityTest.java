package org.mekong.registry.matching.compare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mekong.registry.matching.block.BlockingKeys;
import org.mekong.registry.matching.rule.FirstRules;
import org.mekong.registry.matching.rule.MatchField;
import org.mekong.registry.matching.rule.Outcome;
import org.mekong.registry.matching.rule.RuleSet;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.Person;

/** What the first rules find, and what they take for the same by mistake. */
class QualityTest {

  private static final int PERSONS = 20_000;
  private static final int DUPLICATES = 2_000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void findsWhoStandsInTheRegisterTwiceAndHardlyAnybodyElse(Nation nation) {
    SyntheticPeople people = new SyntheticPeople(nation, 20_261_122);
    List<Person> register = new ArrayList<>(people.persons(PERSONS));
    Map<Set<UUID>, KnownErrors> truth = new HashMap<>();
    for (int i = 0; i < DUPLICATES; i++) {
      KnownErrors error = KnownErrors.values()[i % KnownErrors.values().length];
      Person original = register.get(i * (PERSONS / DUPLICATES));
      Person again = error.again(original, people);
      register.add(again);
      truth.put(Set.of(original.id(), again.id()), error);
    }

    Tally tally = new Tally(truth);
    RuleSet rules = FirstRules.read();
    Comparer comparer = new Comparer(rules);
    for (Pair pair : candidates(rules, register)) {
      Comparison comparison = comparer.compare(pair.one, pair.other);
      tally.add(pair, comparison);
    }
    tally.print(nation);

    assertTrue(tally.recall(Outcome.POSSIBLE) >= 0.95, "recall");
    assertTrue(tally.precision(Outcome.POSSIBLE) >= 0.93, "precision");
    assertTrue(tally.recall(Outcome.MATCH) >= 0.85, "recall of matches");
    assertTrue(tally.precision(Outcome.MATCH) >= 0.99, "precision of matches");
  }

  private record Pair(Traits one, Traits other) {
    Set<UUID> ids() {
      return Set.of(one.id(), other.id());
    }
  }

  private static List<Pair> candidates(RuleSet rules, List<Person> register) {
    Map<Long, List<Traits>> blocks = new TreeMap<>();
    for (Person person : register) {
      Traits traits = Traits.of(person).orElseThrow();
      for (Long key : BlockingKeys.of(rules.blocking(), traits).keySet()) {
        blocks.computeIfAbsent(key, any -> new ArrayList<>()).add(traits);
      }
    }
    Set<Set<UUID>> seen = new HashSet<>();
    List<Pair> pairs = new ArrayList<>();
    for (List<Traits> block : blocks.values()) {
      if (block.size() <= rules.blockLimit()) {
        for (int i = 0; i < block.size(); i++) {
          for (int j = i + 1; j < block.size(); j++) {
            Pair pair = new Pair(block.get(i), block.get(j));
            if (seen.add(pair.ids())) {
              pairs.add(pair);
            }
          }
        }
      }
    }
    return pairs;
  }

  private static final class Tally {

    private final Map<Set<UUID>, KnownErrors> truth;
    private final Map<Outcome, Integer> right = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Integer> wrong = new EnumMap<>(Outcome.class);
    private final Map<KnownErrors, Integer> found = new EnumMap<>(KnownErrors.class);
    private final Map<MatchField, Map<String, int[]>> levels = new EnumMap<>(MatchField.class);
    private int compared;

    Tally(Map<Set<UUID>, KnownErrors> truth) {
      this.truth = truth;
    }

    void add(Pair pair, Comparison comparison) {
      compared++;
      KnownErrors error = truth.get(pair.ids());
      (error == null ? wrong : right).merge(comparison.outcome(), 1, Integer::sum);
      if (error != null && comparison.outcome() != Outcome.NO) {
        found.merge(error, 1, Integer::sum);
      }
      for (Comparison.Finding finding : comparison.findings()) {
        levels.computeIfAbsent(finding.field(), any -> new TreeMap<>())
            .computeIfAbsent(finding.level(), any -> new int[2])[error == null ? 1 : 0]++;
      }
    }

    double recall(Outcome atLeast) {
      return (double) sum(right, atLeast) / truth.size();
    }

    double precision(Outcome atLeast) {
      int hits = sum(right, atLeast);
      return (double) hits / (hits + sum(wrong, atLeast));
    }

    private static int sum(Map<Outcome, Integer> counts, Outcome atLeast) {
      return counts.entrySet().stream()
          .filter(entry -> entry.getKey().compareTo(atLeast) >= 0)
          .mapToInt(Map.Entry::getValue)
          .sum();
    }

    void print(Nation nation) {
      System.out.printf(
          "%s: %d pairs compared; possible and match: recall %.3f, precision %.3f;"
              + " match: recall %.3f, precision %.3f%n",
          nation,
          compared,
          recall(Outcome.POSSIBLE),
          precision(Outcome.POSSIBLE),
          recall(Outcome.MATCH),
          precision(Outcome.MATCH));
      System.out.println("  right " + right + " wrong " + wrong + " found " + found);
      levels.forEach(
          (field, counts) -> {
            StringBuilder line = new StringBuilder("  " + field.code());
            counts.forEach(
                (level, count) -> line.append(" %s %d/%d".formatted(level, count[0], count[1])));
            System.out.println(line);
          });
    }
  }
}
