package org.mekong.registry.history;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.person.change.Timeline.Version;

/**
 * How long something held. A value of a list, as one of several nationalities, has a period of its
 * own.
 *
 * @param field name of the field
 * @param from first day
 * @param by the event that brought it
 * @param to the day from which it holds no longer; the same as {@code from} for what another event
 *     of that day undid; absent while it holds
 * @param endedBy the event that ended it
 */
record Period(
    String field,
    Object value,
    LocalDate from,
    Entry by,
    @Nullable LocalDate to,
    @Nullable Entry endedBy) {

  private record Fact(String field, Object value) {}

  /**
   * The periods of all facts of a life, by when they began.
   *
   * @param facts the facts of a person, by name of field
   */
  static List<Period> of(List<Version> versions, Function<Person, Map<String, Object>> facts) {
    List<Period> periods = new ArrayList<>();
    Map<Fact, Version> holding = new LinkedHashMap<>();
    for (Version version : versions) {
      Set<Fact> now = single(facts.apply(version.person()));
      for (Fact fact : List.copyOf(holding.keySet())) {
        if (!now.contains(fact)) {
          Version begun = holding.remove(fact);
          periods.add(period(fact, begun, version.from(), version.entry()));
        }
      }
      now.forEach(fact -> holding.putIfAbsent(fact, version));
    }
    holding.forEach((fact, begun) -> periods.add(period(fact, begun, null, null)));
    periods.sort(Comparator.comparing(Period::from));
    return periods;
  }

  private static Period period(
      Fact fact, Version begun, @Nullable LocalDate to, @Nullable Entry endedBy) {
    return new Period(fact.field, fact.value, begun.from(), begun.entry(), to, endedBy);
  }

  private static Set<Fact> single(Map<String, Object> facts) {
    Set<Fact> single = new LinkedHashSet<>();
    facts.forEach(
        (field, value) -> values(value).forEach(element -> single.add(new Fact(field, element))));
    return single;
  }

  /** The values of a field: those of a list, or the one. */
  static List<?> values(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }
}
