package org.mekong.benchmarks.load;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Latencies of a run, kept one by one up to a limit. */
final class Latencies {
  private final long[] nanoseconds;
  private final AtomicInteger count = new AtomicInteger();

  Latencies(int limit) {
    nanoseconds = new long[limit];
  }

  void add(long latency) {
    int index = count.getAndIncrement();
    if (index < nanoseconds.length) {
      nanoseconds[index] = latency;
    }
  }

  /** The latency in milliseconds that a share of all, such as 0.99, does not exceed. */
  double percentile(double share) {
    int kept = Math.min(count.get(), nanoseconds.length);
    if (kept == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanoseconds, kept);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(kept - 1, Math.ceil(share * kept) - 1)] / 1e6;
  }
}
