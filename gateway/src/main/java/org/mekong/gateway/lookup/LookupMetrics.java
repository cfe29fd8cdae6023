package org.mekong.gateway.lookup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** How many lookups, with what outcome, and where their time goes. */
@ApplicationScoped
class LookupMetrics {

  private final MeterRegistry registry;

  @Inject
  LookupMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One lookup, whatever its outcome; the label is one of a few words. */
  void done(String outcome, Duration total) {
    Timer.builder("mekong.lookup")
        .description("Lookups of this nation's agencies")
        .tag("outcome", outcome)
        .publishPercentileHistogram(false)
        .register(registry)
        .record(total);
  }

  /** The time of an answered lookup, by whose it was. */
  void split(Duration total, Duration exchange, Duration peer) {
    part("own", total.minus(exchange));
    part("network", exchange.minus(peer));
    part("peer", peer);
  }

  private void part(String part, Duration duration) {
    Timer.builder("mekong.lookup.part")
        .description("Time of answered lookups: our own, the network's, the peer's")
        .tag("part", part)
        .register(registry)
        .record(duration.isNegative() ? Duration.ZERO : duration);
  }
}
