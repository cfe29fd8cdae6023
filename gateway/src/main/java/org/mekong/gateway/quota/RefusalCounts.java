package org.mekong.gateway.quota;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts refusals, so that a flood of them is told whole in numbers while only the first ones of a
 * minute are logged one by one. Safe for many threads.
 */
final class RefusalCounts {

  private static final int LOGGED = 10;
  private static final int MOST_RULES = 10_000;

  private final Map<DayLedger.Key, AtomicLong> uncounted = new ConcurrentHashMap<>();
  private final Map<Logged, AtomicLong> logged = new ConcurrentHashMap<>();

  private record Logged(DayLedger.Key key, String rule) {}

  /** Counts one; returns whether it is to be logged. */
  boolean refused(DayLedger.Key key, String rule) {
    uncounted.computeIfAbsent(key, ignored -> new AtomicLong()).incrementAndGet();
    return logged.size() < MOST_RULES
        && logged
                .computeIfAbsent(new Logged(key, rule), ignored -> new AtomicLong())
                .incrementAndGet()
            <= LOGGED;
  }

  /** What was counted since the last call. */
  Map<DayLedger.Key, Long> drain() {
    var counts = new java.util.HashMap<DayLedger.Key, Long>();
    for (DayLedger.Key key : uncounted.keySet()) {
      AtomicLong count = uncounted.remove(key);
      if (count != null) {
        counts.put(key, count.get());
      }
    }
    return counts;
  }

  /** A new minute begins. */
  void newMinute() {
    logged.clear();
  }
}
