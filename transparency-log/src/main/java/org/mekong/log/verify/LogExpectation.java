package org.mekong.log.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mekong.log.note.Checkpoint;

/**
 * What a log is held against.
 *
 * @param policy the trusted keys
 * @param remembered a verified checkpoint of the same log from before, which it has to continue
 * @param freshness how new the newest cosignature has to be
 * @param minimumIndex bundles that lie wholly below it may have been pruned; what is left of the
 *     tree stands for them
 */
public record LogExpectation(
    Policy policy,
    Optional<Checkpoint> remembered,
    Optional<Freshness> freshness,
    long minimumIndex) {
  /** The newest cosignature has to be at most {@code limit} old at {@code now}. */
  public record Freshness(Instant now, Duration limit) {}

  /** Nothing but the policy. */
  public static LogExpectation of(Policy policy) {
    return new LogExpectation(policy, Optional.empty(), Optional.empty(), 0);
  }

  /** The same, and the log has to continue this checkpoint. */
  public LogExpectation continuing(Checkpoint checkpoint) {
    return new LogExpectation(policy, Optional.of(checkpoint), freshness, minimumIndex);
  }

  /** The same, and the newest cosignature has to be at most {@code limit} old. */
  public LogExpectation notOlderThan(Duration limit, Instant now) {
    return new LogExpectation(
        policy, remembered, Optional.of(new Freshness(now, limit)), minimumIndex);
  }

  /** The same, and what lies below this index may have been pruned. */
  public LogExpectation prunedBelow(long index) {
    return new LogExpectation(policy, remembered, freshness, index);
  }
}
