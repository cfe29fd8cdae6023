package org.mekong.registry.feed.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.mekong.registry.feed.FeedConfig;
import org.mekong.registry.problem.Problem;

/** How many streams are open, in all and of each caller; more than allowed are refused. */
@Singleton
class OpenStreams {

  private static final String RETRY_SECONDS = "30";

  private final FeedConfig config;
  private final Map<String, Integer> ofCaller = new HashMap<>();
  private int open;

  OpenStreams(FeedConfig config, MeterRegistry metrics) {
    this.config = config;
    Gauge.builder("mekong.feed.streams", this, OpenStreams::open)
        .description("Streams of the change feed that this replica serves")
        .register(metrics);
  }

  synchronized int open() {
    return open;
  }

  /**
   * Counts a stream, until it is left.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 429 when there are too many
   */
  synchronized void enter(String caller) {
    int theirs = ofCaller.getOrDefault(caller, 0);
    if (open >= config.streams() || theirs >= config.streamsOfOne()) {
      throw Problem.TOO_MANY_STREAMS.retryAfter(
          "So many streams are open that another one is not served.", RETRY_SECONDS);
    }
    open++;
    ofCaller.put(caller, theirs + 1);
  }

  synchronized void leave(String caller) {
    open--;
    ofCaller.computeIfPresent(caller, (id, theirs) -> theirs == 1 ? null : theirs - 1);
  }
}
