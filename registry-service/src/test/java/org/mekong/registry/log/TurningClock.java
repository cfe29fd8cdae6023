package org.mekong.registry.log;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of a node whose year turns when a test says so. */
@Alternative
@Singleton
public class TurningClock extends Clock {
  static final int OLD = 2031;

  private volatile Duration ahead =
      Duration.between(Clock.systemUTC().instant(), Instant.parse(OLD + "-12-31T23:00:00.500Z"));

  void set(String instant) {
    ahead = Duration.between(Clock.systemUTC().instant(), Instant.parse(instant));
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
