package org.mekong.gateway.quota;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.mekong.gateway.storage.Transactions;

/**
 * A rate as leased by this replica for a tenth of its window: as many as wait, and as many as were
 * used lately. Who waits while a lease is on its way has taken it when the database gave it, who
 * comes later takes before the tenth has passed; what is left then is given back with the next
 * lease. In no window of this length do all replicas together take more than the limit, wherever it
 * begins; under steady pressure they take ten elevenths of it at least.
 */
final class RateBudget implements Budget {

  private final Transactions transactions;
  private final String bucket;
  private final Duration window;
  private final ReentrantLock lock = new ReentrantLock(true);

  private int limit;

  /**
   * For the one who leased and those who waited then; it is theirs however long it was on its way.
   */
  private int owed;

  /** For whoever comes before the tenth has passed. */
  private int held;

  private int usedInSlot;
  private long leases;
  private RateLedger.Lease lease = new RateLedger.Lease(0, 0, 0, System.nanoTime(), 0);
  private long used = System.nanoTime();

  RateBudget(Transactions transactions, String bucket, Duration window) {
    this.transactions = transactions;
    this.bucket = bucket;
    this.window = window;
  }

  @Override
  public long take(int newLimit) throws SQLException {
    long arrived = System.nanoTime();
    lock.lock();
    try {
      used = System.nanoTime();
      boolean sharesLease = arrived - lease.sentAt() <= 0 && newLimit == limit;
      if (sharesLease && lease.granted() == 0) {
        return NONE;
      }
      boolean waited = sharesLease && owed > 0;
      if (!waited && (newLimit != limit || passed() || (held == 0 && lease.granted() > 0))) {
        renew(newLimit);
        waited = owed > 0;
      }
      if (waited) {
        owed--;
      } else if (held > 0) {
        held--;
      } else {
        return NONE;
      }
      usedInSlot++;
      return leases;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void untake(long taken) {
    lock.lock();
    try {
      if (taken == leases) {
        held++;
        usedInSlot--;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean relax(Duration idle) {
    lock.lock();
    try {
      return System.nanoTime() - used >= idle.toNanos();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Standing standing() {
    lock.lock();
    try {
      return new Standing(
          limit,
          Math.clamp((long) lease.remaining() + held + owed, 0, limit),
          window,
          window.toSeconds());
    } finally {
      lock.unlock();
    }
  }

  private boolean passed() {
    return System.nanoTime() - lease.sentAt() >= lease.nanos();
  }

  private void renew(int newLimit) throws SQLException {
    int unused = held + owed;
    long unusedSlot = lease.slot();
    int waiting = 1 + lock.getQueueLength();
    int wanted = waiting + usedInSlot;
    held = 0;
    owed = 0;
    leases++;
    limit = newLimit;
    lease =
        transactions.in(
            connection ->
                RateLedger.lease(connection, bucket, window, newLimit, wanted, unusedSlot, unused));
    owed = Math.min(waiting, lease.granted());
    held = lease.granted() - owed;
    if (lease.slot() != unusedSlot) {
      usedInSlot = 0;
    }
  }
}
