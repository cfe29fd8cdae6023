package org.mekong.gateway.quota;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.locks.ReentrantLock;
import org.mekong.gateway.storage.Transactions;

/**
 * The quota of a day, UTC, as leased by this replica: while a lease lasts the database is not
 * asked. All replicas together never take more than the limit; what a killed one held, at most 64
 * and at most 1/64 of what was left (or one), is lost for the day.
 */
final class DayBudget implements Budget {

  private static final Duration DAY = Duration.ofDays(1);
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final Transactions transactions;
  private final DayLedger.Key key;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  private LocalDate day = LocalDate.EPOCH;
  private int limit;
  private long turns;
  private int held;
  private int leased;
  private long used = System.nanoTime();
  private long emptySince = System.nanoTime() - PAUSE;

  DayBudget(Transactions transactions, DayLedger.Key key, Clock clock) {
    this.transactions = transactions;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public long take(int newLimit) throws SQLException {
    lock.lock();
    try {
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      if (!today.equals(day) || newLimit != limit) {
        turn(today, newLimit);
      }
      used = System.nanoTime();
      if (held == 0 && used - emptySince >= PAUSE) {
        lease();
      }
      if (held == 0) {
        return NONE;
      }
      held--;
      return turns;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void untake(long taken) {
    lock.lock();
    try {
      if (taken == turns) {
        held++;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean relax(Duration idle) throws SQLException {
    lock.lock();
    try {
      if (System.nanoTime() - used < idle.toNanos()) {
        return false;
      }
      giveBack();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Standing standing() {
    long second = clock.instant().getEpochSecond();
    lock.lock();
    try {
      return new Standing(
          limit,
          Math.clamp((long) limit - leased + held, 0, limit),
          DAY,
          DAY.toSeconds() - Math.floorMod(second, DAY.toSeconds()));
    } finally {
      lock.unlock();
    }
  }

  private void turn(LocalDate today, int newLimit) throws SQLException {
    giveBack();
    turns++;
    day = today;
    limit = newLimit;
    leased = 0;
    emptySince = System.nanoTime() - PAUSE;
  }

  private void lease() throws SQLException {
    DayLedger.Lease lease =
        transactions.in(connection -> DayLedger.lease(connection, key, day, limit));
    held = lease.granted();
    leased = lease.leased();
    if (held == 0) {
      emptySince = System.nanoTime();
    }
  }

  /** Forgets first and tells the database then: what is not told is lost, not given twice. */
  private void giveBack() throws SQLException {
    int unused = held;
    held = 0;
    if (unused > 0) {
      transactions.in(
          connection -> {
            DayLedger.giveBack(connection, key, day, unused);
            return true;
          });
    }
  }
}
