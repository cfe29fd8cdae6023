package org.mekong.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Makes one step of what many callers wait for. A caller who comes when no step runs leads the next
 * one at once; who comes meanwhile waits, and one of them leads the step after it. There is no
 * timer and no thread of its own.
 */
final class Combiner {
  private static final int COUNT_LIMIT = 1_024;
  private static final int LENGTH_LIMIT = 4 * 1024 * 1024;

  private final Consumer<List<Ticket>> step;
  private final Runnable idle;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
  private boolean led;

  /**
   * @param step settles tickets; those that it leaves unsettled take part in the next step
   * @param idle runs between steps when nobody waits for the next one; it is quick
   */
  Combiner(Consumer<List<Ticket>> step, Runnable idle) {
    this.step = step;
    this.idle = idle;
  }

  /** Returns when the tickets, all of the calling thread, are settled. */
  void settle(List<Ticket> tickets) {
    boolean lead;
    lock.lock();
    try {
      waiting.addAll(tickets);
      lead = !led;
      led = true;
    } finally {
      lock.unlock();
    }
    if (lead || Ticket.awaitAppointment(tickets)) {
      lead(tickets);
    }
  }

  private void lead(List<Ticket> own) {
    boolean leading = true;
    while (leading) {
      List<Ticket> batch = next();
      try {
        step.accept(batch);
      } catch (RuntimeException | Error e) {
        LogException failure = new LogException("the step failed: " + e.getMessage(), e);
        batch.stream()
            .filter(ticket -> ticket.outcome() == null)
            .forEach(ticket -> ticket.settle(new Ticket.Outcome.Failed(failure)));
      }
      leading = handOver(own, batch);
      batch.stream().filter(ticket -> ticket.outcome() != null).forEach(Ticket::wake);
    }
  }

  private List<Ticket> next() {
    lock.lock();
    try {
      List<Ticket> batch = new ArrayList<>();
      int length = 0;
      while (!waiting.isEmpty() && batch.size() < COUNT_LIMIT && length < LENGTH_LIMIT) {
        Ticket ticket = waiting.poll();
        length += ticket.entry().length;
        batch.add(ticket);
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Puts unsettled tickets back; says whether the caller goes on leading. */
  private boolean handOver(List<Ticket> own, List<Ticket> batch) {
    lock.lock();
    try {
      for (Ticket ticket : batch.reversed()) {
        if (ticket.outcome() == null) {
          waiting.addFirst(ticket);
        }
      }
      if (!Ticket.areSettled(own)) {
        return true;
      }
      if (waiting.isEmpty()) {
        led = false;
        idle.run();
      } else {
        waiting.peek().appoint();
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
