package org.mekong.local.machine;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What the newcomer sees: one line a step, with the time it took, and a bar where a step is long.
 */
public final class Console {
  private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final boolean terminal;
  private long stepStarted;
  private long told;
  private String step = "";

  public Console(PrintStream out, LongSupplier nanoTime, boolean terminal) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.terminal = terminal;
  }

  /** Begins a step. */
  public void step(String name) {
    step = name;
    stepStarted = nanoTime.getAsLong();
    told = stepStarted;
    if (terminal) {
      out.print("  ·  " + name);
      out.flush();
    }
  }

  /** Shows how far the step is: on terminals always, else a line every ten seconds. */
  public void progress(long done, long total, String pace) {
    long now = nanoTime.getAsLong();
    if (!terminal && now - told > TOLD_EVERY.toNanos()) {
      told = now;
      out.printf(Locale.ROOT, "     %s: %,d/%,d %s%n", step, done, total, pace);
      out.flush();
    }
    if (terminal) {
      int filled = total == 0 ? 0 : (int) (20 * done / total);
      out.printf(
          Locale.ROOT,
          "\r\033[K  ·  %s  %s%s %,d/%,d %s",
          step,
          "█".repeat(filled),
          "░".repeat(20 - filled),
          done,
          total,
          pace);
      out.flush();
    }
  }

  /** Ends the step. */
  public void done(String result) {
    Duration took = Duration.ofNanos(nanoTime.getAsLong() - stepStarted);
    String end = result.isEmpty() ? "" : ": " + result;
    out.printf(
        Locale.ROOT,
        "%s  ✓  %s%s (%.1f s)%n",
        terminal ? "\r\033[K" : "",
        step,
        end,
        took.toMillis() / 1000.0);
    out.flush();
  }

  /** Says something between steps. */
  public void say(String text) {
    out.println(text);
    out.flush();
  }
}
