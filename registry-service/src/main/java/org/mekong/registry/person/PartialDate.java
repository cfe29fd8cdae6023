package org.mekong.registry.person;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date of which only the year, or year and month, may be known. Its text is ISO 8601 with reduced
 * precision: {@code 1990}, {@code 1990-05}, {@code 1990-05-17}.
 *
 * @param month 1 to 12, absent when not known
 * @param day day of the month, absent when not known and always absent without a month
 */
public record PartialDate(int year, @Nullable Integer month, @Nullable Integer day) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?");

  public PartialDate {
    if (month == null && day != null) {
      throw new DateTimeException("A day without a month is no date");
    }
    YearMonth whole = YearMonth.of(year, month == null ? 1 : month);
    if (day != null && !whole.isValidDay(day)) {
      throw new DateTimeException("No such day in this month");
    }
  }

  /** A date that is wholly known. */
  public static PartialDate of(LocalDate date) {
    return new PartialDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
  }

  /** Reads a text; nothing when it is no such text or no day of the calendar. */
  public static Optional<PartialDate> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PartialDate(
              Integer.parseInt(matcher.group(1)),
              number(matcher.group(2)),
              number(matcher.group(3))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Integer number(@Nullable String digits) {
    return digits == null ? null : Integer.valueOf(digits);
  }

  /** The first day that it can be. */
  public LocalDate earliest() {
    return LocalDate.of(year, month == null ? 1 : month, day == null ? 1 : day);
  }

  /** The last day that it can be. */
  public LocalDate latest() {
    if (day != null) {
      return earliest();
    }
    return YearMonth.of(year, month == null ? 12 : month).atEndOfMonth();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(10);
    String years = Integer.toString(year);
    text.append("0000", 0, Math.max(0, 4 - years.length())).append(years);
    if (month != null) {
      text.append(month < 10 ? "-0" : "-").append(month.intValue());
    }
    if (day != null) {
      text.append(day < 10 ? "-0" : "-").append(day.intValue());
    }
    return text.toString();
  }
}
