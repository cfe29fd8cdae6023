package org.mekong.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Drives an operation from many threads, closed (as fast as it goes) or open (at a given rate). */
public final class Load {
  /** One call of what is measured. */
  @FunctionalInterface
  public interface Operation {
    void run() throws Exception;
  }

  /**
   * What a run has shown: calls per second, latencies in milliseconds, and processor time per call
   * in microseconds, here and in PostgreSQL.
   */
  public record Outcome(
      double perSecond,
      double p50,
      double p95,
      double p99,
      double slowest,
      double cpu,
      double postgres) {}

  private Load() {}

  /** Every caller calls again as soon as it is answered. */
  public static Outcome closed(int callers, double seconds, Operation operation) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    return run(
        callers,
        (calls, latencies) -> {
          while (System.nanoTime() < end) {
            long start = System.nanoTime();
            operation.run();
            latencies.add(System.nanoTime() - start);
            calls.incrementAndGet();
          }
        });
  }

  /**
   * Calls are due at a fixed rate, however slow the answers are; latency counts from when a call
   * was due, so that a stall is not hidden by the calls it kept from being made.
   */
  public static Outcome open(int callers, double perSecond, double seconds, Operation operation) {
    long begin = System.nanoTime();
    long total = (long) (perSecond * seconds);
    AtomicLong next = new AtomicLong();
    return run(
        callers,
        (calls, latencies) -> {
          for (long call = next.getAndIncrement(); call < total; call = next.getAndIncrement()) {
            long due = begin + (long) (call * 1e9 / perSecond);
            while (System.nanoTime() < due) {
              LockSupport.parkNanos(due - System.nanoTime());
            }
            operation.run();
            latencies.add(System.nanoTime() - due);
            calls.incrementAndGet();
          }
        });
  }

  @FunctionalInterface
  private interface Caller {
    void run(AtomicLong calls, Latencies latencies) throws Exception;
  }

  private static Outcome run(int callers, Caller caller) {
    AtomicLong calls = new AtomicLong();
    Latencies latencies = new Latencies(4_000_000);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    long cpu = CpuTime.ofThisProcess();
    long postgres = CpuTime.ofPostgres();
    long begin = System.nanoTime();
    for (int i = 0; i < callers; i++) {
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
              .start(() -> call(caller, calls, latencies)));
    }
    for (Thread thread : threads) {
      join(thread);
    }
    double took = (System.nanoTime() - begin) / 1e9;
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a caller failed", failures.getFirst());
    }
    return new Outcome(
        calls.get() / took,
        latencies.percentile(0.5),
        latencies.percentile(0.95),
        latencies.percentile(0.99),
        latencies.percentile(1),
        (CpuTime.ofThisProcess() - cpu) / 1e3 / calls.get(),
        (CpuTime.ofPostgres() - postgres) / 1e3 / calls.get());
  }

  private static void call(Caller caller, AtomicLong calls, Latencies latencies) {
    try {
      caller.run(calls, latencies);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
