package org.mekong.registry.population.load;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a load is.
 *
 * @param persons persons who are in the register
 * @param events events of theirs
 * @param total persons there are to be
 * @param since when this run began
 * @param before persons whom an earlier run of the same load had brought in
 */
public record LoadProgress(long persons, long events, long total, Instant since, long before) {

  /** Persons a second, in this run. */
  public double rate(Instant now) {
    double seconds = Math.max(1, Duration.between(since, now).toMillis()) / 1000.0;
    return (persons - before) / seconds;
  }

  /** Seconds until the last person is in, at the rate of this run; negative when none is known. */
  public long remainingSeconds(Instant now) {
    double rate = rate(now);
    return rate > 0 ? Math.round((total - persons) / rate) : -1;
  }
}
