package org.mekong.registry.matching.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a job found. Holds keys of persons and no values.
 *
 * @param compared pairs that were compared
 * @param outcomes pairs by outcome
 * @param scores pairs by score, in steps of two bits: {@code 14} is from 14 to below 16
 * @param changes pairs by what the rules make of them that are tried, as {@code no>possible}; what
 *     no blocking key brings together is {@code no}
 * @param examples some pairs of each change
 * @param skipped how many persons have a blocking key whose block is too large to be compared, by
 *     the key's name
 */
public record JobResult(
    long compared,
    Map<String, Long> outcomes,
    Map<Integer, Long> scores,
    Map<String, Long> changes,
    Map<String, List<Example>> examples,
    Map<String, Long> skipped) {

  static final JobResult NOTHING =
      new JobResult(0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public JobResult {
    outcomes = new TreeMap<>(outcomes);
    scores = new TreeMap<>(scores);
    changes = new TreeMap<>(changes);
    Map<String, List<Example>> copy = new TreeMap<>();
    examples.forEach((change, some) -> copy.put(change, new ArrayList<>(some)));
    examples = copy;
    skipped = new TreeMap<>(skipped);
  }

  /** A pair, by the keys of its persons. */
  @Schema(name = "ExamplePair")
  public record Example(UUID personId, UUID otherId) {}
}
