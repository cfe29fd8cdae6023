package org.mekong.gateway.operation.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long an operation is left alone after an attempt without an outcome. */
final class Pauses {

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  Pauses(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * The pause after an attempt: twice as long each time, up to the longest, of which between half
   * and all by chance.
   */
  Duration after(int attempts) {
    Duration pause = first;
    for (int i = 1; i < attempts && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    long millis = Math.max(2, Math.min(pause.toMillis(), longest.toMillis()));
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }
}
