package org.mekong.registry.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Disclosed;

/**
 * The answer to {@code POST /v1/readings}.
 *
 * @param outcome {@code answered}, or {@code not_available} for a person unknown or withheld alike
 * @param person the fields asked for, by their names, as far as the register holds them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadingView(
    String outcome,
    @Nullable Map<String, Object> person,
    Disclosed.Trace disclosure,
    String receipt) {

  static ReadingView of(Disclosed<Optional<Map<String, Object>>> disclosed) {
    return new ReadingView(
        disclosed.answer().isPresent() ? "answered" : "not_available",
        disclosed.answer().orElse(null),
        disclosed.trace(),
        disclosed.receipt());
  }
}
