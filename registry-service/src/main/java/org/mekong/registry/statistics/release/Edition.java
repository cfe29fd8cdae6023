package org.mekong.registry.statistics.release;

import java.sql.SQLException;
import org.mekong.registry.statistics.count.Key;
import org.mekong.registry.statistics.count.Kind;
import org.mekong.registry.statistics.count.Months;

/**
 * Makes what is published in a month from the true figures: of the population at the first day of
 * each month until this one, of all else by month until the one before. Each figure is rounded by
 * itself; the same people at another day are at the same place, so that many days together tell no
 * more than one. Not thread-safe.
 */
public final class Edition {

  private final int month;
  private final Rounding rounding;
  private final Sink sink;
  private final Residents residents = new Residents();
  private int counted = Months.FIRST - 1;

  /**
   * An edition.
   *
   * @param month the month in which it is published
   */
  public Edition(int month, Rounding rounding, Sink sink) {
    this.month = month;
    this.rounding = rounding;
    this.sink = sink;
  }

  /** Takes what is published; nothing that is zero. */
  @FunctionalInterface
  public interface Sink {

    /** Takes a figure. */
    void publish(Key figure, int value) throws SQLException;
  }

  /** Takes a true figure; those of a kind by month. */
  public void take(Key key, long amount) throws SQLException {
    switch (key.kind()) {
      case PERSON -> {}
      case POPULATION -> {
        countUntil(key.month());
        residents.take(key, amount);
      }
      case MIGRATION, LIVE_BIRTH, DEATH, MARRIAGE, DIVORCE -> {
        if (key.month() >= Months.FIRST && key.month() < month) {
          publish(key, key, amount);
        }
      }
    }
  }

  /** Ends, after the last figure was taken. */
  public void end() throws SQLException {
    countUntil(month);
  }

  private void countUntil(int last) throws SQLException {
    while (counted < Math.min(last, month)) {
      counted++;
      residents.count(counted, (figure, count) -> publish(figure, place(figure), count));
    }
  }

  private static Key place(Key figure) {
    return new Key(
        Kind.POPULATION, 0, figure.province(), figure.other(), figure.sex(), figure.detail());
  }

  private void publish(Key figure, Key place, long count) throws SQLException {
    int value = rounding.round(place, count);
    if (value != 0) {
      sink.publish(figure, value);
    }
  }
}
