package org.mekong.gateway.operation.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.operation.OperationConfig;

/** Counts the streams that this replica serves, so that they stay few. Thread-safe. */
@Singleton
class OpenStreams {

  private static final int RETRY_SECONDS = 10;

  private final OperationConfig config;
  private final Map<String, Integer> ofClient = new HashMap<>();
  private int open;

  @Inject
  OpenStreams(OperationConfig config, MeterRegistry metrics) {
    this.config = config;
    Gauge.builder("mekong.operation.streams", this, OpenStreams::open)
        .description("Streams of operations that this replica serves")
        .register(metrics);
  }

  private synchronized int open() {
    return open;
  }

  /** Counts a stream until it is left; a problem when there are too many. */
  synchronized void enter(String client) {
    int theirs = ofClient.getOrDefault(client, 0);
    if (open >= config.streams() || theirs >= config.streamsOfOne()) {
      throw Problem.of(
              "too-many-streams",
              429,
              "Too many streams",
              "So many streams are open that another one is not served.",
              "Close one that is not needed: one stream tells of all operations.")
          .with("rule", "operation/streams")
          .withHeader("Retry-After", RETRY_SECONDS)
          .build();
    }
    open++;
    ofClient.put(client, theirs + 1);
  }

  synchronized void leave(String client) {
    open--;
    ofClient.computeIfPresent(client, (id, theirs) -> theirs == 1 ? null : theirs - 1);
  }
}
