package org.mekong.registry.statistics.count;

import java.util.Arrays;
import java.util.Optional;

/** What a figure counts, and what the columns of its key are. */
public enum Kind {
  /** Persons who have a row in the register. */
  PERSON(0),

  /**
   * How many more live in a province since a month than before: month of the change, province, sex,
   * and in {@code detail} the month in which the day before they were born lies. Whoever is of such
   * a cohort has, on the first of a month, had every birthday that the count of months says.
   */
  POPULATION(1),

  /** Moves of the permanent residence: month, province, province they move to, sex. */
  MIGRATION(2),

  /** Live births: month of registration, province, sex, {@link Delay}. */
  LIVE_BIRTH(3),

  /** Deaths: as live births. */
  DEATH(4),

  /** Marriages: month of registration, province in which they were concluded, {@link Delay}. */
  MARRIAGE(5),

  /** Divorces: as marriages. */
  DIVORCE(6);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The number in the tables. */
  public int code() {
    return code;
  }

  /** The kind of a number. */
  public static Kind of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst().orElseThrow();
  }

  /** The kind that counts events of a type. */
  public static Optional<Kind> ofEvent(String type) {
    return switch (type) {
      case "live_birth" -> Optional.of(LIVE_BIRTH);
      case "death" -> Optional.of(DEATH);
      case "marriage" -> Optional.of(MARRIAGE);
      case "divorce" -> Optional.of(DIVORCE);
      default -> Optional.empty();
    };
  }
}
