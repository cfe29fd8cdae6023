package org.mekong.registry.matching.pair;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.mekong.registry.matching.compare.Comparison;
import org.mekong.registry.matching.compare.Traits;

/**
 * A pair with its comparison.
 *
 * @param provinces of the permanent residences
 */
public record Scored(Pair pair, Comparison comparison, List<String> provinces) {

  public Scored {
    provinces = List.copyOf(provinces);
  }

  /** The comparison of two persons. */
  public static Scored of(Traits one, Traits other, Comparison comparison) {
    List<String> provinces =
        Stream.of(one, other)
            .map(traits -> traits.residence() == null ? null : traits.residence().province())
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    return new Scored(Pair.of(one.id(), other.id()), comparison, provinces);
  }
}
