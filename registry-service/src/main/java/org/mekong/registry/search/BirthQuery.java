package org.mekong.registry.search;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.search.index.Hit;

/**
 * A date of birth that is searched for.
 *
 * @param tolerance years by which it may be off
 */
record BirthQuery(PartialDate date, int tolerance) {

  private static final int LAST_DAY = 31;

  /** How a date of birth fits, with the share of points that it gets, in percent. */
  enum Fit {
    EXACT("exact", 100),
    PARTIAL("partial", 70),
    WITHIN_TOLERANCE("within_tolerance", 40);

    private final String code;
    private final int share;

    Fit(String code, int share) {
      this.code = code;
      this.share = share;
    }

    /** The word in answers. */
    String code() {
      return code;
    }

    /** The share of points. */
    int share() {
      return share;
    }
  }

  /** The years of birth that fit. */
  List<Integer> years() {
    return IntStream.rangeClosed(date.year() - tolerance, date.year() + tolerance).boxed().toList();
  }

  /** The days of the index that fit, known in part or in full; nothing when every day does. */
  List<Integer> days() {
    Integer month = date.month();
    if (month == null || tolerance > 0) {
      return List.of();
    }
    Integer day = date.day();
    if (day != null) {
      return List.of(month * 100 + day, month * 100, 0);
    }
    return IntStream.concat(
            IntStream.of(0), IntStream.rangeClosed(month * 100, month * 100 + LAST_DAY))
        .boxed()
        .toList();
  }

  /** How somebody's date of birth fits; nothing when it does not. */
  Optional<Fit> fit(Hit hit) {
    if (Math.abs(hit.birthYear() - date.year()) > tolerance) {
      return Optional.empty();
    }
    int month = date.month() == null ? 0 : date.month();
    int day = date.day() == null ? 0 : date.day();
    int heldMonth = hit.birthDay() / 100;
    int heldDay = hit.birthDay() % 100;
    boolean sameDay = fits(month, heldMonth) && fits(day, heldDay);
    if (hit.birthYear() != date.year() || !sameDay) {
      return tolerance > 0 ? Optional.of(Fit.WITHIN_TOLERANCE) : Optional.empty();
    }
    boolean known = (month == 0 || heldMonth != 0) && (day == 0 || heldDay != 0);
    return Optional.of(known ? Fit.EXACT : Fit.PARTIAL);
  }

  /** What is not known on either side is not in the way. */
  private static boolean fits(int asked, int held) {
    return asked == 0 || held == 0 || asked == held;
  }
}
