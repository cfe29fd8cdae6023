package org.mekong.registry.population.village;

/**
 * A marriage. Days are counted from the epoch.
 *
 * @param to when it ended; {@link People#NEVER} while it lasts
 */
record Union(int wife, int husband, int from, int to, End end) {

  /** What ended a marriage. */
  enum End {
    NOTHING,
    DEATH,
    DIVORCE,
    ANNULMENT
  }

  boolean holds(int day) {
    return from <= day && day < to;
  }

  int spouseOf(int person) {
    return person == wife ? husband : wife;
  }
}
