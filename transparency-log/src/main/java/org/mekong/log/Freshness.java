package org.mekong.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far cosigning is behind.
 *
 * @param size of the newest checkpoint that the log has signed
 * @param cosignedSize of the newest cosigned checkpoint; 0 when there is none
 * @param cosignedAt when its newest cosignature was made; empty when there is none
 */
public record Freshness(long size, long cosignedSize, Optional<Instant> cosignedAt) {
  /** How old the newest cosignature is; empty when there is none. */
  public Optional<Duration> age(Instant now) {
    return cosignedAt.map(at -> Duration.between(at, now));
  }

  /** Whether the newest cosignature is at most {@code limit} old. */
  public boolean isWithin(Duration limit, Instant now) {
    return age(now).map(age -> age.compareTo(limit) <= 0).orElse(false);
  }
}
