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
 */
public record LogExpectation(
    Policy policy, Optional<Checkpoint> remembered, Optional<Freshness> freshness) {
  /** The newest cosignature has to be at most {@code limit} old at {@code now}. */
  public record Freshness(Instant now, Duration limit) {}

  /** Nothing but the policy. */
  public static LogExpectation of(Policy policy) {
    return new LogExpectation(policy, Optional.empty(), Optional.empty());
  }

  /** The same, and the log has to continue this checkpoint. */
  public LogExpectation continuing(Checkpoint checkpoint) {
    return new LogExpectation(policy, Optional.of(checkpoint), freshness);
  }

  /** The same, and the newest cosignature has to be at most {@code limit} old. */
  public LogExpectation notOlderThan(Duration limit, Instant now) {
    return new LogExpectation(policy, remembered, Optional.of(new Freshness(now, limit)));
  }
}
