package org.mekong.webhooks.post;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a webhook is left alone after a failure. */
public final class Pauses {

  private static final int FACTOR = 4;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  /**
   * Pauses by these settings.
   *
   * @param first after the first failure
   * @param longest whatever the receiver asks for
   */
  public Pauses(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * The pause after an attempt: four times as long each time, up to the longest, of which between
   * half and all by chance; longer where the receiver asked for it.
   */
  public Duration after(int attempts, Duration asked) {
    Duration pause = first;
    for (int i = 1; i < attempts && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(FACTOR);
    }
    pause = shorter(pause, longest);
    long millis = pause.toMillis();
    Duration jittered = Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    Duration wanted = shorter(asked, longest);
    return jittered.compareTo(wanted) < 0 ? wanted : jittered;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
