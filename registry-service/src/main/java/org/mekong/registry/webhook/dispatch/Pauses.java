package org.mekong.registry.webhook.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.mekong.registry.webhook.WebhookConfig;

/** How long a webhook is left alone after a failure. */
final class Pauses {

  private static final int FACTOR = 4;

  private final WebhookConfig config;
  private final RandomGenerator random;

  Pauses(WebhookConfig config, RandomGenerator random) {
    this.config = config;
    this.random = random;
  }

  /**
   * The pause after an attempt: four times as long each time, up to the longest, of which between
   * half and all by chance; longer where the receiver asked for it.
   */
  Duration after(int attempts, Duration asked) {
    Duration pause = config.firstPause();
    for (int i = 1; i < attempts && pause.compareTo(config.longestPause()) < 0; i++) {
      pause = pause.multipliedBy(FACTOR);
    }
    pause = shorter(pause, config.longestPause());
    long millis = pause.toMillis();
    Duration jittered = Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    Duration wanted = shorter(asked, config.longestPause());
    return jittered.compareTo(wanted) < 0 ? wanted : jittered;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
