package org.mekong.gateway.exchange.answering;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many refusals to each peer are logged one by one in a minute. Safe for many threads. */
final class RefusalBudget {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Map<String, Window> windows = new ConcurrentHashMap<>();
  private final int most;

  RefusalBudget(int most) {
    this.most = most;
  }

  /** Whether a refusal may be logged. */
  enum Verdict {
    LOGGED,
    /** The first one too many of its minute. */
    FLOOD_BEGINS,
    FLOOD
  }

  private record Window(long start, int refused) {

    Window next(long now) {
      return now - start >= MINUTE ? new Window(now, 1) : new Window(start, refused + 1);
    }
  }

  /**
   * Counts a refusal.
   *
   * @param now nanoseconds of a clock that only goes forward
   */
  Verdict take(String nation, long now) {
    Window window =
        windows.compute(
            nation, (ignored, before) -> before == null ? new Window(now, 1) : before.next(now));
    if (window.refused() <= most) {
      return Verdict.LOGGED;
    }
    return window.refused() == most + 1 ? Verdict.FLOOD_BEGINS : Verdict.FLOOD;
  }
}
