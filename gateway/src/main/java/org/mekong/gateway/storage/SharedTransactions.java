package org.mekong.gateway.storage;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mekong.log.LogTransaction;

/**
 * Does in one transaction what comes at the same time: what comes while one runs waits for the
 * next, with everybody else who waits, so that a statement and a wait for the disk serve them all.
 * Who comes alone goes at once; nobody waits for company. Work that fails in company is done again,
 * each in a transaction of its own, so that nobody fails for another; but where the connection
 * broke, all of it fails, since it may have been committed. Safe for many threads.
 *
 * @param <I> what is to be done
 * @param <O> what came of it
 */
public final class SharedTransactions<I, O> {

  /** The most in one transaction: more would keep the first of them waiting. */
  private static final int MOST = 32;

  private final Together<I, O> together;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Place<I, O>> waiting = new ArrayDeque<>();
  private boolean led;

  /** Does several things in one transaction. */
  @FunctionalInterface
  public interface Together<I, O> {
    /**
     * Does them, and commits.
     *
     * @param items at least one
     * @return what came of each, in their order
     */
    List<O> of(List<I> items) throws SQLException;
  }

  private static final class Place<I, O> {
    private final I item;
    private final CompletableFuture<Boolean> leads = new CompletableFuture<>();
    private volatile @Nullable O outcome;
    private volatile @Nullable Exception failure;

    Place(I item) {
      this.item = item;
    }
  }

  /**
   * @param together may run twice for the same item, so it does nothing outside of its transaction
   */
  public SharedTransactions(Together<I, O> together) {
    this.together = together;
  }

  /**
   * Does it; it is committed when this returns.
   *
   * @throws SQLException when the database refused or is gone
   */
  public O in(I item) throws SQLException {
    Place<I, O> own = new Place<>(item);
    if (queue(own) || own.leads.join()) {
      List<Place<I, O>> company = next();
      try {
        settle(company);
      } finally {
        handOver();
        company.forEach(each -> each.leads.complete(false));
      }
    }
    return outcome(own);
  }

  private boolean queue(Place<I, O> own) {
    lock.lock();
    try {
      waiting.add(own);
      boolean lead = !led;
      led = true;
      return lead;
    } finally {
      lock.unlock();
    }
  }

  private List<Place<I, O>> next() {
    lock.lock();
    try {
      List<Place<I, O>> company = new ArrayList<>();
      while (!waiting.isEmpty() && company.size() < MOST) {
        company.add(waiting.poll());
      }
      return company;
    } finally {
      lock.unlock();
    }
  }

  private void handOver() {
    lock.lock();
    try {
      Place<I, O> first = waiting.peek();
      led = first != null;
      if (first != null) {
        first.leads.complete(true);
      }
    } finally {
      lock.unlock();
    }
  }

  private void settle(List<Place<I, O>> company) {
    try {
      List<I> items = company.stream().map(place -> place.item).toList();
      List<O> outcomes = together.of(items);
      for (int i = 0; i < company.size(); i++) {
        company.get(i).outcome = outcomes.get(i);
      }
    } catch (SQLException | RuntimeException e) {
      if (company.size() == 1 || LogTransaction.isUndecided(e)) {
        company.forEach(place -> place.failure = e);
      } else {
        company.forEach(place -> settle(List.of(place)));
      }
    }
  }

  private static <I, O> O outcome(Place<I, O> place) throws SQLException {
    Exception failure = place.failure;
    if (failure instanceof SQLException refused) {
      throw refused;
    }
    if (failure instanceof RuntimeException fault) {
      throw fault;
    }
    return Objects.requireNonNull(place.outcome, "the transaction broke off");
  }
}
