package org.mekong.registry.statistics.publication;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.statistics.count.Kind;

/**
 * What is asked for. A filter only leaves out rows: what stands in a row is the same whatever else
 * is asked.
 *
 * @param from first month, or the month of the reference day
 * @param to last month
 * @param provinces codes of the rows
 * @param sexes codes of the rows
 * @param byRegistration whether events are counted by the month of their registration
 * @param event which events, where a table is of one kind of many
 */
record Question(
    int from,
    int to,
    List<String> provinces,
    List<SexCode> sexes,
    boolean byRegistration,
    Kind event) {

  /** The codes of a list, or the one that was asked for. */
  static List<String> provinces(Stream<String> all, @Nullable String asked) {
    return asked != null
        ? List.of(asked)
        : Stream.concat(all.sorted(), Stream.of(Cube.ELSEWHERE, Cube.TOTAL)).toList();
  }

  static List<SexCode> sexes(@Nullable SexCode asked) {
    return asked != null ? List.of(asked) : Arrays.asList(SexCode.values());
  }

  /** Codes without that of elsewhere, for what is counted in provinces alone. */
  List<String> inProvinces() {
    return provinces.stream().filter(code -> !code.equals(Cube.ELSEWHERE)).toList();
  }
}
