package org.mekong.gateway.operation.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mekong.gateway.operation.Bell;
import org.mekong.gateway.operation.Operation;
import org.mekong.gateway.operation.OperationConfig;
import org.mekong.gateway.operation.OperationView;

/**
 * One client's stream: an event for each operation that has become final, without its outcome. What
 * is sent waits until what was sent before has left for the network.
 *
 * @param until when the stream ends, and its client goes on with another
 */
record OperationStream(
    Source source, Bell bell, OperationConfig config, Clock clock, Channel to, Instant until) {

  private static final Duration GLANCE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where events come from. */
  interface Source {
    /** What became final after an event. */
    List<Operation> since(long event) throws SQLException;

    /** Whether nothing will come after these. */
    boolean ends(List<Operation> told);
  }

  /** Where a stream leads to. */
  record Channel(Sse sse, SseEventSink sink, Runnable cut) {}

  /** Serves the client until it goes, is too slow, or the stream's time is over. */
  void serve(long after) throws SQLException, InterruptedException {
    long last = after;
    Instant quiet = clock.instant();
    try {
      while (!to.sink.isClosed()) {
        long seen = bell.rung();
        List<Operation> found = source.since(last);
        for (Operation operation : found) {
          last = operation.event() == null ? last : operation.event();
          send(event(operation, last));
          quiet = clock.instant();
        }
        if (source.ends(found) || !clock.instant().isBefore(until)) {
          to.sink.close();
          return;
        }
        if (!clock.instant().isBefore(quiet.plus(config.heartbeat()))) {
          send(to.sse.newEventBuilder().comment("nothing new").build());
          quiet = clock.instant();
        }
        bell.await(seen, GLANCE);
      }
    } catch (ExecutionException | TimeoutException | IllegalStateException goneOrTooSlow) {
      to.cut.run();
    }
  }

  private void send(OutboundSseEvent event)
      throws ExecutionException, InterruptedException, TimeoutException {
    to.sink.send(event).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private OutboundSseEvent event(Operation operation, long id) {
    return to.sse
        .newEventBuilder()
        .name("operation")
        .id(Long.toString(id))
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(OperationView.of(operation))
        .build();
  }
}
