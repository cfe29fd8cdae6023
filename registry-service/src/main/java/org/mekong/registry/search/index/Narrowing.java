package org.mekong.registry.search.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a range of the index. An empty list narrows nothing.
 *
 * @param birthDays as {@link Hit#birthDay()}
 * @param sexes ISO/IEC 5218 codes
 */
public record Narrowing(
    List<Integer> birthYears,
    List<Integer> birthDays,
    @Nullable String province,
    List<Integer> sexes) {

  public Narrowing {
    birthYears = List.copyOf(birthYears);
    birthDays = List.copyOf(birthDays);
    sexes = List.copyOf(sexes);
  }

  /** Whether it leaves the whole register in. */
  public boolean isEmpty() {
    return birthYears.isEmpty() && province == null;
  }
}
