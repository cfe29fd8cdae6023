package org.mekong.registry.matching.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mekong.registry.matching.compare.Comparison;
import org.mekong.registry.matching.pair.Pair;

/** What a job found so far. Not thread-safe. */
final class Tally {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST_EXAMPLES = 10;
  private static final int STEP = 2;

  private long compared;
  private final Map<String, Long> outcomes = new TreeMap<>();
  private final Map<Integer, Long> scores = new TreeMap<>();
  private final Map<String, Long> changes = new TreeMap<>();
  private final Map<String, List<JobResult.Example>> examples = new TreeMap<>();
  private final Map<String, Long> skipped = new TreeMap<>();

  /** A tally that goes on from what was found before. */
  static Tally of(JobResult before) {
    Tally tally = new Tally();
    tally.compared = before.compared();
    tally.outcomes.putAll(before.outcomes());
    tally.scores.putAll(before.scores());
    tally.changes.putAll(before.changes());
    before.examples().forEach((change, some) -> tally.examples.put(change, new ArrayList<>(some)));
    tally.skipped.putAll(before.skipped());
    return tally;
  }

  void count(Comparison comparison) {
    compared++;
    outcomes.merge(comparison.outcome().code(), 1L, Long::sum);
    scores.merge((int) Math.floor(comparison.score() / STEP) * STEP, 1L, Long::sum);
  }

  void change(String from, String to, Pair pair) {
    if (from.equals(to)) {
      return;
    }
    String change = from + ">" + to;
    changes.merge(change, 1L, Long::sum);
    List<JobResult.Example> some = examples.computeIfAbsent(change, any -> new ArrayList<>());
    if (some.size() < MOST_EXAMPLES) {
      some.add(new JobResult.Example(pair.one(), pair.other()));
    }
  }

  void skip(String key) {
    skipped.merge(key, 1L, Long::sum);
  }

  /** What was found by now. */
  JobResult result() {
    return new JobResult(compared, outcomes, scores, changes, examples, skipped);
  }

  static JobResult read(String text) {
    try {
      return MAPPER.readValue(text, JobResult.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The register holds a result that it cannot read", e);
    }
  }

  static String write(JobResult result) {
    try {
      return MAPPER.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
