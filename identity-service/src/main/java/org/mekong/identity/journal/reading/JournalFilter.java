package org.mekong.identity.journal.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Problem;

/**
 * Which entries of the journal are wanted: those whose members are equal to each that is given, and
 * whose time lies within.
 */
final class JournalFilter {
  private static final int LONGEST = 200;
  private final Map<String, String> members = new TreeMap<>();
  private Instant from = Instant.MIN;
  private Instant until = Instant.MAX;

  JournalFilter with(String member, @Nullable String value) {
    if (value != null) {
      if (value.isEmpty() || value.length() > LONGEST) {
        throw Problem.MALFORMED_REQUEST.because(
            "The parameter " + member + " is a text of 1 to " + LONGEST + " characters.");
      }
      members.put(member, value);
    }
    return this;
  }

  JournalFilter from(@Nullable String time) {
    from = time == null ? Instant.MIN : instant("from", time);
    return this;
  }

  JournalFilter until(@Nullable String time) {
    until = time == null ? Instant.MAX : instant("until", time);
    return this;
  }

  boolean wants(Map<String, Object> entry) {
    return members.entrySet().stream()
            .allMatch(member -> is(entry.get(member.getKey()), member.getValue()))
        && within(entry.get("time"));
  }

  private static boolean is(@Nullable Object value, String wanted) {
    return value instanceof List<?> list ? list.contains(wanted) : wanted.equals(value);
  }

  private boolean within(@Nullable Object time) {
    if (from == Instant.MIN && until == Instant.MAX) {
      return true;
    }
    Instant at = Instant.parse(String.valueOf(time));
    return !at.isBefore(from) && at.isBefore(until);
  }

  private static Instant instant(String parameter, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException malformed) {
      throw Problem.MALFORMED_REQUEST.because(
          "The parameter " + parameter + " is a time of RFC 3339 in UTC.");
    }
  }
}
