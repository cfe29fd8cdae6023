package org.mekong.registry.population.village;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is to be registered, in the order in which an office learns of it. What happened before the
 * register was founded is told at its foundation, in the order in which it happened. Days are
 * counted from the epoch.
 */
final class Agenda {

  private final int founded;
  private final int day;
  private final PriorityQueue<Item> items =
      new PriorityQueue<>(
          Comparator.comparingInt(Item::registered)
              .thenComparingInt(Item::occurred)
              .thenComparingInt(Item::order));
  private int planned;

  Agenda(int founded, int day) {
    this.founded = founded;
    this.day = day;
  }

  /** Registers what happens, if it can still happen. */
  @FunctionalInterface
  interface Deed {
    void happen(int occurred, int registered);
  }

  private record Item(int registered, int occurred, int order, Deed deed) {}

  /** Plans something; what happens on the population's day or later never comes. */
  void plan(int occurred, int registered, Deed deed) {
    if (occurred < day) {
      items.add(new Item(registered(registered), occurred, planned++, deed));
    }
  }

  /** The day on which something is registered: since the foundation, and before the last day. */
  int registered(int wished) {
    return Math.max(founded, Math.min(wished, day - 1));
  }

  void run() {
    for (Item item = items.poll(); item != null; item = items.poll()) {
      item.deed.happen(item.occurred, item.registered);
    }
  }
}
