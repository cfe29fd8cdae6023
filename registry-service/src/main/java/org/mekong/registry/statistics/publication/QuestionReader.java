package org.mekong.registry.statistics.publication;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.statistics.count.Kind;
import org.mekong.registry.statistics.count.Months;
import org.mekong.registry.statistics.release.Release;

/**
 * Reads questions for what a release holds, and names everything that is wrong. Not thread-safe.
 */
final class QuestionReader {

  private static final int USUAL_MONTHS = 12;

  private final NationProfile profile;
  private final Release release;
  private final Violations violations = new Violations();

  QuestionReader(NationProfile profile, Release release) {
    this.profile = profile;
    this.release = release;
  }

  /** Refuses the request if anything was wrong. */
  void refuse() {
    violations.refuse();
  }

  Format format(@Nullable String text, Format accepted) {
    Format format =
        violations.read("format", text, "known-code", "is none of json, csv", Format::ofCode);
    return format == null ? accepted : format;
  }

  /** The reference day: the first of a month, or with {@code now} the newest one. */
  Question day(@Nullable String text, @Nullable String province, @Nullable String sex) {
    int month = release.month();
    if (text != null && !text.equals("now")) {
      Optional<LocalDate> day = parse(text);
      if (day.isEmpty() || day.get().getDayOfMonth() != 1) {
        violations.add(
            "day", "first-of-month", "is no first day of a month, as 2026-01-01, or now");
      } else {
        month = published("day", Months.of(day.get()), release.month());
      }
    }
    return new Question(month, month, provinces(province), sexes(sex), false, Kind.POPULATION);
  }

  /** A period of at most so many months. */
  Question series(
      SeriesParameters of, @Nullable String sex, @Nullable String basis, int mostMonths) {
    int last = release.month() - 1;
    int to = month("to", of.to(), last);
    int from = month("from", of.from(), Math.max(Months.FIRST, to - USUAL_MONTHS + 1));
    if (from > to) {
      violations.add("from", "order", "lies after to");
    } else if (to - from >= mostMonths) {
      violations.add("from", "period", "begins a period of more than " + mostMonths + " months");
    }
    Boolean byRegistration =
        violations.read(
            "basis",
            basis,
            "known-code",
            "is none of occurrence, registration",
            code ->
                switch (code) {
                  case "occurrence" -> Optional.of(false);
                  case "registration" -> Optional.of(true);
                  default -> Optional.empty();
                });
    return new Question(
        from,
        to,
        provinces(of.province()),
        sexes(sex),
        byRegistration != null && byRegistration,
        Kind.LIVE_BIRTH);
  }

  /** A period of events of one kind. */
  Question timeliness(SeriesParameters of, @Nullable String event, int mostMonths) {
    Question series = series(of, null, null, mostMonths);
    Kind kind =
        violations.read(
            "event",
            event,
            "known-code",
            "is none of live_birth, death, marriage, divorce",
            Kind::ofEvent);
    return new Question(
        series.from(),
        series.to(),
        series.provinces(),
        series.sexes(),
        true,
        kind == null ? Kind.LIVE_BIRTH : kind);
  }

  private int month(String field, @Nullable String text, int usual) {
    if (text == null) {
      return usual;
    }
    Optional<LocalDate> day = text.length() == 7 ? parse(text + "-01") : Optional.empty();
    if (day.isEmpty()) {
      violations.add(field, "month", "is no month, as 2026-01");
      return usual;
    }
    return published(field, Months.of(day.get()), release.month() - 1);
  }

  private int published(String field, int month, int last) {
    if (month < Months.FIRST || month > last) {
      String form = field.equals("day") ? "-01" : "";
      violations.add(
          field,
          "published",
          "is not published: there is "
              + Months.yearMonth(Months.FIRST)
              + form
              + " to "
              + Months.yearMonth(last)
              + form);
      return last;
    }
    return month;
  }

  private static Optional<LocalDate> parse(String text) {
    if (!text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      return Optional.empty();
    }
    try {
      YearMonth month =
          YearMonth.of(
              Integer.parseInt(text.substring(0, 4)), Integer.parseInt(text.substring(5, 7)));
      return Optional.of(month.atDay(Integer.parseInt(text.substring(8))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private List<String> provinces(@Nullable String asked) {
    String known =
        violations.read(
            "province",
            asked,
            "known-code",
            "is no province of this nation, nor elsewhere or total",
            code ->
                Optional.of(code)
                    .filter(
                        of ->
                            profile.provinces().containsKey(of)
                                || of.equals(Cube.ELSEWHERE)
                                || of.equals(Cube.TOTAL)));
    Stream<String> all = profile.provinces().keySet().stream();
    return Question.provinces(all, known);
  }

  private List<SexCode> sexes(@Nullable String asked) {
    return Question.sexes(
        violations.read(
            "sex",
            asked,
            "known-code",
            "is none of male, female, unknown, total",
            SexCode::ofCode));
  }
}
