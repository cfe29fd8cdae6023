package org.mekong.gateway.quota;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.mekong.gateway.storage.Transactions;

/**
 * A rate as leased by this replica for a tenth of its window: as many as wait, and as many as were
 * used lately. What is left when the tenth has passed is given back with the next lease. In no
 * window of this length do all replicas together take more than the limit, wherever it begins;
 * under steady pressure they take ten elevenths of it at least.
 */
final class RateBudget implements Budget {

  private static final int ATTEMPTS = 4;

  private final Transactions transactions;
  private final String bucket;
  private final Duration window;
  private final ReentrantLock lock = new ReentrantLock();

  private int limit;
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
    lock.lock();
    try {
      used = System.nanoTime();
      if (passed() || newLimit != limit || (held == 0 && lease.granted() > 0)) {
        renew(newLimit);
      }
      // The tenth of a lease may have passed while the lease was on its way.
      for (int i = 0; i < ATTEMPTS && passed(); i++) {
        renew(newLimit);
      }
      if (held == 0 || passed()) {
        return NONE;
      }
      held--;
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
          limit, Math.clamp((long) lease.remaining() + held, 0, limit), window, window.toSeconds());
    } finally {
      lock.unlock();
    }
  }

  private boolean passed() {
    return System.nanoTime() - lease.sentAt() >= lease.nanos();
  }

  private void renew(int newLimit) throws SQLException {
    int unused = held;
    long unusedSlot = lease.slot();
    int wanted = 1 + lock.getQueueLength() + usedInSlot;
    held = 0;
    leases++;
    limit = newLimit;
    lease =
        transactions.in(
            connection ->
                RateLedger.lease(connection, bucket, window, newLimit, wanted, unusedSlot, unused));
    held = lease.granted();
    if (lease.slot() != unusedSlot) {
      usedInSlot = 0;
    }
  }
}
