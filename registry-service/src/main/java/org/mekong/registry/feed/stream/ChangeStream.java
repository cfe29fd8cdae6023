package org.mekong.registry.feed.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mekong.registry.feed.ChangeView;
import org.mekong.registry.feed.FeedConfig;
import org.mekong.registry.feed.FeedEntry;
import org.mekong.registry.feed.FeedReader;
import org.mekong.registry.feed.FeedWatch;
import org.mekong.registry.feed.Follower;

/**
 * One client's stream. What is sent waits until what was sent before has left for the network, so
 * that a stream holds one page of entries at most, however slow its client is.
 *
 * @param until when the client's token expires
 */
record ChangeStream(
    Follower follower, FeedWatch watch, FeedConfig config, Clock clock, Channel to, Instant until) {

  /** Where a stream leads to. */
  record Channel(Sse sse, SseEventSink sink, Runnable cut) {}

  /** Serves the client until it goes, is too slow, its token expires, or the service stops. */
  void serve(Follower.Query start, FeedReader.Slice.Entries first)
      throws SQLException, InterruptedException {
    Follower.Query query = start;
    FeedReader.Slice.Entries found = first;
    try {
      while (true) {
        for (FeedEntry entry : found.entries()) {
          send(change(entry, query));
        }
        query = query.from(found.next());
        if (!found.more()) {
          if (found.entries().isEmpty()) {
            send(heartbeat(query));
          }
          watch.await(found.next().position(), remaining());
        }
        if (to.sink.isClosed()) {
          return;
        }
        if (watch.isEnded() || !clock.instant().isBefore(until)) {
          send(end(watch.isEnded() ? "service-stops" : "token-expired", query));
          to.sink.close();
          return;
        }
        found = follower.follow(query);
      }
    } catch (ExecutionException | TimeoutException | IllegalStateException goneOrTooSlow) {
      to.cut.run();
    }
  }

  private Duration remaining() {
    Duration left = Duration.between(clock.instant(), until);
    Duration silence = config.heartbeat();
    return left.compareTo(silence) < 0 ? left : silence;
  }

  private void send(OutboundSseEvent event)
      throws ExecutionException, InterruptedException, TimeoutException {
    to.sink
        .send(event)
        .toCompletableFuture()
        .get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private OutboundSseEvent change(FeedEntry entry, Follower.Query query) {
    return to.sse
        .newEventBuilder()
        .name("change")
        .id(follower.cursor(entry.place(), query))
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(ChangeView.of(entry))
        .build();
  }

  /** Nothing to tell, but the place moves on over what does not fit the filter. */
  private OutboundSseEvent heartbeat(Follower.Query query) {
    return to.sse
        .newEventBuilder()
        .id(follower.cursor(query.after(), query))
        .comment("nothing new")
        .build();
  }

  private OutboundSseEvent end(String reason, Follower.Query query) {
    return to.sse
        .newEventBuilder()
        .name("end")
        .id(follower.cursor(query.after(), query))
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(Map.of("reason", reason))
        .build();
  }
}
