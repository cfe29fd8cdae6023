package org.mekong.log.year;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.log.Freshness;
import org.mekong.log.LogException;
import org.mekong.log.TransparencyLog;
import org.mekong.log.witness.LogKeeper;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.witness.Watch;

/** The open log of one year, with its keeper for as long as it needs one. */
final class YearLog implements AutoCloseable {
  private static final Logger LOG = System.getLogger(YearLog.class.getName());

  private final int year;
  private final TransparencyLog log;
  private final boolean signs;
  private volatile boolean sealed;
  private volatile @Nullable LogKeeper keeper;

  /**
   * @param signs whether the private key is there
   */
  YearLog(int year, TransparencyLog log, boolean signs, Watch watch, Clock clock) {
    this.year = year;
    this.log = log;
    this.signs = signs;
    this.sealed = log.isSealed();
    LogKeeper made = new LogKeeper(log, watch, clock, this::tell);
    made.start();
    this.keeper = made;
  }

  private void tell(Standing standing) {
    Level level = standing.mayServeAbroad() ? Level.INFO : Level.WARNING;
    LOG.log(level, "{0} stands with its witnesses: {1}", log.origin(), standing);
  }

  int year() {
    return year;
  }

  /** Whether the private key is there. */
  boolean signs() {
    return signs;
  }

  TransparencyLog log() {
    return log;
  }

  /** Whether the log is known to take no more entries; asks the database only when told to. */
  boolean isSealed(boolean ask) {
    if (!sealed && ask) {
      sealed = log.isSealed();
    }
    return sealed;
  }

  /** How the log stands; empty once nothing is asked of its witnesses any more. */
  Optional<Standing> standing() {
    return Optional.ofNullable(keeper).map(LogKeeper::standing);
  }

  double secondsSinceCosigned() {
    LogKeeper kept = keeper;
    return kept == null ? Double.NaN : kept.secondsSinceCosigned();
  }

  /**
   * Brings a log of the past to its end: integrates what is pending, seals it, and lets its
   * witnesses go once they have cosigned its last checkpoint. A log that a witness contradicts, or
   * that none has confirmed yet, is not sealed: that would sign a past that may not be the one.
   *
   * @param over whether the year is over by any replica's clock
   */
  void finish(boolean over) {
    LogKeeper kept = keeper;
    if (!isSealed(true) && signs && kept != null) {
      if (over && kept.isConfirmed()) {
        seal();
      } else if (!(kept.standing() instanceof Standing.Refused)) {
        log.integrate();
      }
    }
    if (sealed && kept != null && kept.isCosignedWhole()) {
      kept.close();
      keeper = null;
    }
  }

  private void seal() {
    if (log.sealIfIdle().isPresent()) {
      sealed = true;
      LOG.log(
          Level.INFO,
          "{0} is sealed with {1} entries",
          log.origin(),
          Long.toString(log.freshness().size()));
    }
  }

  LogStatus status(boolean current) {
    LogKeeper kept = keeper;
    Freshness freshness = log.freshness();
    return new LogStatus(
        log.origin(),
        current,
        isSealed(true),
        freshness.size(),
        log.firstIndex(),
        log.checkpoint(),
        freshness.cosignedSize(),
        freshness.cosignedAt(),
        standing(),
        kept == null ? List.of() : kept.report());
  }

  @Override
  public void close() {
    LogKeeper kept = keeper;
    if (kept != null) {
      kept.close();
    }
    try {
      log.close();
    } catch (LogException e) {
      LOG.log(Level.WARNING, "closing " + log.origin(), e);
    }
  }
}
