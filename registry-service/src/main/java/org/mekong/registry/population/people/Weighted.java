package org.mekong.registry.population.people;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Draws values by their weights. Immutable.
 *
 * @param <T> the values
 */
public final class Weighted<T> {

  private final List<T> values;
  private final double[] sums;

  private Weighted(List<T> values, double[] sums) {
    this.values = values;
    this.sums = sums;
  }

  /** Values of weights that are not negative. */
  public static <T> Weighted<T> of(List<T> values, ToDoubleFunction<T> weight) {
    double[] sums = new double[values.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += weight.applyAsDouble(values.get(i));
      sums[i] = sum;
    }
    return new Weighted<>(List.copyOf(values), sums);
  }

  /** The same weights over other values. */
  <U> Weighted<U> map(Function<T, U> to) {
    return new Weighted<>(values.stream().map(to).toList(), sums);
  }

  /** A value. */
  public T draw(RandomGenerator random) {
    return at(random.nextDouble());
  }

  /** The value at a part, from 0 to 1, of all weights together. */
  public T at(double part) {
    return values.get(index(part));
  }

  int drawIndex(RandomGenerator random) {
    return index(random.nextDouble());
  }

  private int index(double part) {
    int found = Arrays.binarySearch(sums, part * sums[sums.length - 1]);
    return Math.min(found < 0 ? -found - 1 : found + 1, sums.length - 1);
  }
}
