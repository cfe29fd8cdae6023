package org.mekong.registry.reading.past;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violations;

/**
 * Reads the moments that requests name. Nothing is said of what has not come yet: a day after today
 * in the nation's legal time, or an instant after now, is refused. A day before somebody's birth is
 * no fault of the request: there is nobody to speak of then.
 */
@ApplicationScoped
public class Moments {

  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final int LONGEST_INSTANT = 40;

  private final Clock clock;
  private final NationProfile profile;

  Moments(Clock clock, NationProfile profile) {
    this.clock = clock;
    this.profile = profile;
  }

  /** The moment of the members {@code asOf} and {@code knownAt}. */
  public Moment read(@Nullable String asOf, @Nullable String knownAt) {
    Violations violations = new Violations();
    Moment moment = read("asOf", asOf, "knownAt", knownAt, violations);
    violations.refuse();
    return moment;
  }

  /** The moment of two members by these names. */
  public Moment read(
      String asOfName,
      @Nullable String asOf,
      String knownAtName,
      @Nullable String knownAt,
      Violations violations) {
    LocalDate day =
        violations.read(asOfName, asOf, "date", "is no date as in 2020-01-31", Moments::day);
    Instant instant =
        violations.read(
            knownAtName,
            knownAt,
            "instant",
            "is no RFC 3339 instant as in 2020-01-31T08:00:00Z",
            Moments::instant);
    if (day != null && day.isAfter(LocalDate.now(clock.withZone(profile.zone())))) {
      violations.add(asOfName, "not-in-future", "lies after today");
    }
    if (instant != null && instant.isAfter(clock.instant())) {
      violations.add(knownAtName, "not-in-future", "lies after now");
    }
    return new Moment(day, instant);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return DAY.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text.length() <= LONGEST_INSTANT ? Optional.of(Instant.parse(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
