package org.mekong.registry.population;

import java.util.random.RandomGenerator;
import org.mekong.registry.person.MaritalStatus;

/** Marital status by age and sex: round figures, plausible for both nations. */
final class MarriageShares {

  private MarriageShares() {}

  /** The share of women of an age who are married. */
  static double marriedWomen(int age) {
    if (age < 20) {
      return 0.08;
    }
    if (age < 25) {
      return 0.45;
    }
    if (age < 30) {
      return 0.75;
    }
    if (age < 55) {
      return 0.87;
    }
    if (age < 70) {
      return 0.70;
    }
    return 0.40;
  }

  /** The status of an adult who is not married. */
  static MaritalStatus unmarried(int age, boolean male, RandomGenerator random) {
    double draw = random.nextDouble();
    if (draw < 0.01) {
      return MaritalStatus.UNKNOWN;
    }
    if (draw < 0.01 + single(age)) {
      return MaritalStatus.SINGLE;
    }
    double widowed = age < 45 ? 0.2 : male ? 0.6 : 0.8;
    return random.nextDouble() < widowed ? MaritalStatus.WIDOWED : MaritalStatus.DIVORCED;
  }

  private static double single(int age) {
    if (age < 25) {
      return 0.97;
    }
    if (age < 35) {
      return 0.85;
    }
    if (age < 45) {
      return 0.55;
    }
    return age < 60 ? 0.35 : 0.12;
  }
}
