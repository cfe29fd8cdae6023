package org.mekong.log.witness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mekong.log.Freshness;
import org.mekong.log.TransparencyLog;

/**
 * Keeps one open log under the eyes of its witnesses: guards it against rollback until one of them
 * has confirmed it, then brings them each new checkpoint, about once a second while there is
 * something new, and once in a while when there is not, so that the newest cosignature shows that
 * the log is alive. One thread of its own; what it finds is read by {@link #standing()}.
 */
public final class LogKeeper implements AutoCloseable {
  /** How long a witness may take to answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofMinutes(5);

  /**
   * For how long {@link #standing()} goes by what was last read, so that no lookup waits for it.
   */
  private static final long READING_HOLDS_NANOS = Duration.ofMillis(500).toNanos();

  private final TransparencyLog log;
  private final CosignatureCollector collector;
  private final Watch watch;
  private final Clock clock;
  private final Consumer<Standing> onChange;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("log-keeper").unstarted(task));
  private volatile RollbackGuard.Verdict verdict = new RollbackGuard.Verdict.Unconfirmed(List.of());
  private volatile Class<?> told = Object.class;
  private volatile @Nullable Reading reading;

  /** What was read, and when by the clock of {@link System#nanoTime()}. */
  private record Reading(Freshness freshness, long at) {}

  /** How a log stands with its witnesses. */
  public sealed interface Standing {
    /** No witness is configured: nobody but us vouches for the log's past. */
    record Unwitnessed() implements Standing {}

    /**
     * No witness has confirmed the log since this start. Domestic work runs, serving abroad waits.
     */
    record Waiting() implements Standing {}

    /**
     * The log continues what its witnesses have seen, and their newest cosignature is young enough.
     */
    record Fresh(Duration age) implements Standing {}

    /** It has stayed uncosigned for longer than agreed: serving abroad stops. */
    record Stale(Duration age) implements Standing {}

    /** A witness has seen a past that this log does not have: it takes no more entries. */
    record Refused(String reason) implements Standing {}

    /** One word for health and logs. */
    default String word() {
      return switch (this) {
        case Unwitnessed unwitnessed -> "unwitnessed";
        case Waiting waiting -> "waiting";
        case Fresh fresh -> "fresh";
        case Stale stale -> "stale";
        case Refused refused -> "refused";
      };
    }

    /** Whether answers may leave the country on the word of this log. */
    default boolean mayServeAbroad() {
      return this instanceof Unwitnessed || this instanceof Fresh;
    }
  }

  /**
   * @param watch the witnesses, and for how long the log may stay uncosigned
   * @param onChange told when the kind of standing changes, in the keeper's thread
   */
  public LogKeeper(TransparencyLog log, Watch watch, Clock clock, Consumer<Standing> onChange) {
    this.log = log;
    this.watch = watch;
    this.clock = clock;
    this.onChange = onChange;
    this.collector = CosignatureCollector.of(log, watch.policy(), watch.client(), TIMEOUT);
  }

  /** Starts the rounds; the first one is the rollback guard's. */
  public void start() {
    if (watch.hasWitnesses()) {
      rounds.scheduleWithFixedDelay(this::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** How the log stands now, as of half a second ago at the most. */
  public Standing standing() {
    if (!watch.hasWitnesses()) {
      return new Standing.Unwitnessed();
    }
    return switch (verdict) {
      case RollbackGuard.Verdict.Refused refused -> new Standing.Refused(refused.reason());
      case RollbackGuard.Verdict.Unconfirmed unconfirmed -> new Standing.Waiting();
      case RollbackGuard.Verdict.Confirmed confirmed -> {
        Freshness freshness = lately();
        Instant now = clock.instant();
        Duration age = freshness.age(now).orElse(Duration.ZERO);
        yield freshness.isWithin(watch.limit(), now)
            ? new Standing.Fresh(age)
            : new Standing.Stale(age);
      }
    };
  }

  private Freshness lately() {
    Reading last = reading;
    if (last == null || System.nanoTime() - last.at() > READING_HOLDS_NANOS) {
      last = new Reading(log.freshness(), System.nanoTime());
      reading = last;
    }
    return last.freshness();
  }

  /** The age of the newest cosignature in seconds, for a metric; NaN where there is none. */
  public double secondsSinceCosigned() {
    return log.freshness()
        .age(clock.instant())
        .map(age -> age.toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  /** Whether a witness has confirmed the log since this start, or there is none to do so. */
  public boolean isConfirmed() {
    return !watch.hasWitnesses() || verdict instanceof RollbackGuard.Verdict.Confirmed;
  }

  /** Whether the witnesses have cosigned all that the log holds, since it was confirmed. */
  public boolean isCosignedWhole() {
    if (!watch.hasWitnesses()) {
      return true;
    }
    Freshness freshness = log.freshness();
    return isConfirmed()
        && freshness.cosignedAt().isPresent()
        && freshness.cosignedSize() == freshness.size();
  }

  /** What each witness has done. */
  public List<WitnessReport> report() {
    return collector.report();
  }

  private void round() {
    try {
      if (!(verdict instanceof RollbackGuard.Verdict.Refused) && isDue()) {
        RollbackGuard.Verdict now = RollbackGuard.check(log, collector);
        boolean worse =
            verdict instanceof RollbackGuard.Verdict.Confirmed
                && now instanceof RollbackGuard.Verdict.Unconfirmed;
        // Witnesses out of reach later on make the log stale in time, not unconfirmed again.
        if (!worse) {
          verdict = now;
        }
        reading = null; // what the witnesses did counts at once
      }
      tell(standing());
    } catch (RuntimeException e) {
      // The database or a witness failed in a way of its own: the next round tries again, and the
      // age grows.
      tell(new Standing.Waiting());
    }
  }

  private boolean isDue() {
    Freshness freshness = log.freshness();
    return !(verdict instanceof RollbackGuard.Verdict.Confirmed)
        || freshness.size() > freshness.cosignedSize()
        || !freshness.isWithin(HEARTBEAT, clock.instant());
  }

  private void tell(Standing standing) {
    if (!told.equals(standing.getClass())) {
      told = standing.getClass();
      onChange.accept(standing);
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
