package org.mekong.registry.matching.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.PartialDate;

/**
 * Compares dates of birth. Where one is known to the year or month only, what both know decides:
 * nothing is {@code same} but two whole dates.
 */
final class DateComparison {

  /** An office that does not know the day writes the first of January, or of the month. */
  private static final int DAYS_NEAR = 31;

  private DateComparison() {}

  static String level(PartialDate one, PartialDate other) {
    Integer month = one.month();
    Integer otherMonth = other.month();
    Integer day = one.day();
    Integer otherDay = other.day();
    boolean sameYear = one.year() == other.year();
    if (month == null || otherMonth == null) {
      return sameYear ? "same_year" : "different";
    }
    boolean sameMonth = month.equals(otherMonth);
    if (day == null || otherDay == null) {
      return sameYear && sameMonth ? "same_month" : sameYear ? "different" : nearYear(one, other);
    }
    if (one.equals(other)) {
      return "same";
    }
    if (sameYear && month.equals(otherDay) && day.equals(otherMonth)) {
      return "swapped";
    }
    boolean oneWrong = sameYear ? sameMonth || day.equals(otherDay) : isTypo(one, other);
    boolean days =
        Math.abs(one.earliest().toEpochDay() - other.earliest().toEpochDay()) <= DAYS_NEAR;
    if (oneWrong || days) {
      return "near";
    }
    return sameYear && (isFirstOfYear(one) || isFirstOfYear(other)) ? "same_year" : "different";
  }

  /** The same day and month, the year off by one or by one digit. */
  private static boolean isTypo(PartialDate one, PartialDate other) {
    return Objects.equals(one.month(), other.month())
        && Objects.equals(one.day(), other.day())
        && isNearYear(one.year(), other.year());
  }

  private static String nearYear(PartialDate one, PartialDate other) {
    return Objects.equals(one.month(), other.month()) && isNearYear(one.year(), other.year())
        ? "near"
        : "different";
  }

  private static boolean isNearYear(int one, int other) {
    return Math.abs(one - other) == 1 || one / 10 == other / 10 || one % 10 == other % 10;
  }

  private static boolean isFirstOfYear(PartialDate date) {
    return isOne(date.month()) && isOne(date.day());
  }

  private static boolean isOne(@Nullable Integer number) {
    return number != null && number == 1;
  }
}
