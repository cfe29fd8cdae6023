package org.mekong.registry.statistics.publication;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the rows of a table are of: one sex, or all persons. */
enum SexCode {
  MALE(1),
  FEMALE(2),
  UNKNOWN(0),
  TOTAL(-1);

  private final int number;

  SexCode(int number) {
    this.number = number;
  }

  String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static Optional<SexCode> ofCode(String code) {
    return Arrays.stream(values()).filter(sex -> sex.code().equals(code)).findFirst();
  }

  /** The rows that a figure of a sex belongs to. */
  static List<SexCode> of(int number) {
    return Arrays.stream(values()).filter(sex -> sex == TOTAL || sex.number == number).toList();
  }
}
