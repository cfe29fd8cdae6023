package org.mekong.gateway.operation;

import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Rings in this replica when there is something new in the queue. Who waits looks again from time
 * to time all the same: what other replicas do does not ring here. Thread-safe.
 */
@Singleton
public class Bell {

  private long rung;

  /** Wakes all who wait. */
  public synchronized void ring() {
    rung++;
    notifyAll();
  }

  /** How often it has rung; to be read before one looks. */
  public synchronized long rung() {
    return rung;
  }

  /** Waits until it rings after it was read, at most so long. */
  public synchronized void await(long seen, Duration most) throws InterruptedException {
    long millis = most.toMillis();
    if (rung == seen && millis > 0) {
      wait(millis); // waking early only means to look early
    }
  }
}
