package org.mekong.registry.statistics.count;

import java.time.LocalDate;
import java.time.YearMonth;

/** Months of the calendar as numbers that are compared and added: since the year 0. */
public final class Months {

  /** The first month that figures are kept for by month. */
  public static final int FIRST = of(YearMonth.of(2015, 1));

  private Months() {}

  /** The number of a month. */
  public static int of(YearMonth month) {
    return month.getYear() * 12 + month.getMonthValue() - 1;
  }

  /** The number of a day's month. */
  public static int of(LocalDate day) {
    return day.getYear() * 12 + day.getMonthValue() - 1;
  }

  /** The month of a number. */
  public static YearMonth yearMonth(int month) {
    return YearMonth.of(Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1);
  }
}
