package org.mekong.registry.webhook.dispatch;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.mekong.registry.webhook.WebhookConfig;

/** The settings that a service has without any, but for a deadline and this machine allowed. */
record Settings(Duration deadline) implements WebhookConfig {

  @Override
  public Optional<List<String>> allowedRanges() {
    return Optional.of(List.of("127.0.0.0/8"));
  }

  @Override
  public int most() {
    return 200;
  }

  @Override
  public int batch() {
    return 100;
  }

  @Override
  public int attempts() {
    return 10;
  }

  @Override
  public Duration firstPause() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Duration longestPause() {
    return Duration.ofHours(12);
  }

  @Override
  public Duration overlap() {
    return Duration.ofDays(1);
  }

  @Override
  public Period retention() {
    return Period.ofDays(30);
  }
}
