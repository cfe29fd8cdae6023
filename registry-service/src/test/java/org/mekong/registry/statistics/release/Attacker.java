package org.mekong.registry.statistics.release;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who takes all answers together: counts are whole numbers and not negative, each answer
 * bounds a sum of them, and every bound tightens the others until nothing moves.
 */
final class Attacker {

  private static final int ROUNDS = 10_000;

  private final List<long[]> bounds = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  private record Answer(int[] counts, int[] signs, long least, long most) {}

  /** A count that is not known. */
  int count() {
    bounds.add(new long[] {0, 1_000_000});
    return bounds.size() - 1;
  }

  /** A sum of counts lies between two bounds. */
  void learns(int[] counts, int[] signs, long least, long most) {
    answers.add(new Answer(counts, signs, least, most));
  }

  /** The same of counts that are added. */
  void learns(List<Integer> counts, long least, long most) {
    int[] of = counts.stream().mapToInt(Integer::intValue).toArray();
    int[] signs = new int[of.length];
    java.util.Arrays.fill(signs, 1);
    learns(of, signs, least, most);
  }

  /** A rounded count was published. */
  void reads(List<Integer> counts, int published) {
    int most = Rounding.BASE - 1;
    learns(counts, Math.max(0, published - most), published + most);
  }

  void think() {
    for (int round = 0; round < ROUNDS; round++) {
      boolean moved = false;
      for (Answer answer : answers) {
        moved |= tighten(answer);
      }
      if (!moved) {
        return;
      }
    }
  }

  private boolean tighten(Answer answer) {
    long least = 0;
    long most = 0;
    for (int i = 0; i < answer.counts.length; i++) {
      long[] of = bounds.get(answer.counts[i]);
      least += answer.signs[i] > 0 ? of[0] : -of[1];
      most += answer.signs[i] > 0 ? of[1] : -of[0];
    }
    boolean moved = false;
    for (int i = 0; i < answer.counts.length; i++) {
      long[] of = bounds.get(answer.counts[i]);
      boolean plus = answer.signs[i] > 0;
      long othersLeast = least - (plus ? of[0] : -of[1]);
      long othersMost = most - (plus ? of[1] : -of[0]);
      long low = answer.least - othersMost;
      long high = answer.most - othersLeast;
      long newLow = Math.max(of[0], plus ? low : -high);
      long newHigh = Math.min(of[1], plus ? high : -low);
      if (newLow > of[0] || newHigh < of[1]) {
        bounds.set(answer.counts[i], new long[] {newLow, newHigh});
        return true; // the sums have to be made anew
      }
    }
    return moved;
  }

  long least(int count) {
    return bounds.get(count)[0];
  }

  long most(int count) {
    return bounds.get(count)[1];
  }

  /** Whether a count is known for sure. */
  boolean knows(int count) {
    return least(count) == most(count);
  }
}
