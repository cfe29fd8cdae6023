package org.mekong.gateway.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many events of one kind are told one by one in a minute; the rest is counted elsewhere. Safe
 * for many threads.
 */
public final class MinuteBudget {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Map<String, Window> windows = new ConcurrentHashMap<>();
  private final int most;

  public MinuteBudget(int most) {
    this.most = most;
  }

  /** Whether an event may be told. */
  public enum Verdict {
    TOLD,
    /** The first one too many of its minute. */
    FLOOD_BEGINS,
    FLOOD
  }

  private record Window(long start, int events) {

    Window next(long now) {
      return now - start >= MINUTE ? new Window(now, 1) : new Window(start, events + 1);
    }
  }

  /**
   * Counts an event.
   *
   * @param now nanoseconds of a clock that only goes forward
   */
  public Verdict take(String kind, long now) {
    Window window =
        windows.compute(
            kind, (ignored, before) -> before == null ? new Window(now, 1) : before.next(now));
    if (window.events() <= most) {
      return Verdict.TOLD;
    }
    return window.events() == most + 1 ? Verdict.FLOOD_BEGINS : Verdict.FLOOD;
  }
}
