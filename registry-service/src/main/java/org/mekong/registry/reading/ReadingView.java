package org.mekong.registry.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Disclosed;

/**
 * The answer to {@code POST /v1/readings}.
 *
 * @param outcome {@code answered}; {@code merged}, with the key to ask under; or {@code
 *     not_available} for a person unknown, withheld, not born or not registered by then, alike
 * @param person the fields asked for, by their names, as far as the register holds them
 * @param declared those of them that at the moment asked for rest on what was declared at a later
 *     first registration
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReadingView(
    String outcome,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> person,
    List<String> declared,
    @Nullable UUID mergedInto,
    Disclosed.Trace disclosure,
    String receipt) {

  public ReadingView {
    declared = List.copyOf(declared);
  }

  static ReadingView of(Disclosed<Reading> disclosed) {
    return switch (disclosed.answer()) {
      case Reading.Nothing nothing -> of("not_available", null, List.of(), null, disclosed);
      case Reading.Merged(UUID survivor) -> of("merged", null, List.of(), survivor, disclosed);
      case Reading.Fields(Map<String, Object> members, List<String> declared, var version) ->
          of("answered", members, declared, null, disclosed);
    };
  }

  private static ReadingView of(
      String outcome,
      @Nullable Map<String, Object> person,
      List<String> declared,
      @Nullable UUID mergedInto,
      Disclosed<Reading> disclosed) {
    return new ReadingView(
        outcome, person, declared, mergedInto, disclosed.trace(), disclosed.receipt());
  }
}
