package org.mekong.registry.statistics.count;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.mekong.registry.person.PartialDate;

/**
 * How long after an event it was registered.
 *
 * @param lag calendar months from that of the event to that of its registration; {@link #NO_LAG}
 *     when it came later than a year, or the month of the event is not known
 */
public record Delay(Span span, int lag) {

  /** No month of occurrence is told. */
  public static final int NO_LAG = 99;

  /** The most months that lie between the months of an event and of its registration in a year. */
  public static final int MOST_LAG = 12;

  private static final int FACTOR = 100;

  /** Days from occurrence to registration. */
  public enum Span {
    SAME_DAY,
    WITHIN_30,
    WITHIN_90,
    WITHIN_365,
    LATER,
    UNKNOWN
  }

  static Delay of(PartialDate occurredOn, LocalDate registeredOn) {
    int lag =
        occurredOn.month() == null
            ? NO_LAG
            : Math.max(0, Months.of(registeredOn) - Months.of(occurredOn.earliest()));
    if (occurredOn.day() == null) {
      return new Delay(Span.UNKNOWN, lag > MOST_LAG ? NO_LAG : lag);
    }
    long days = ChronoUnit.DAYS.between(occurredOn.earliest(), registeredOn);
    if (days <= 0) {
      return new Delay(Span.SAME_DAY, lag);
    } else if (days <= 30) {
      return new Delay(Span.WITHIN_30, lag);
    } else if (days <= 90) {
      return new Delay(Span.WITHIN_90, lag);
    } else if (days <= 365) {
      return new Delay(Span.WITHIN_365, lag);
    }
    return new Delay(Span.LATER, NO_LAG);
  }

  /** The number of it in the tables. */
  int code() {
    return span.ordinal() * FACTOR + lag;
  }

  /** The delay of a number. */
  public static Delay ofCode(int code) {
    return new Delay(Span.values()[code / FACTOR], code % FACTOR);
  }
}
