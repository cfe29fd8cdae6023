package org.mekong.registry.caller;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One {@code population_lookup} of a token's {@code authorization_details} (RFC 9396). What it does
 * not name it does not grant, but for countries: a register answers for its own nation anyway.
 *
 * @param countries nations that may be asked; empty for this one
 */
public record Grant(
    String purpose,
    @Nullable String legalBasis,
    Set<String> countries,
    Set<String> kinds,
    Set<String> fields) {

  private static final String TYPE = "population_lookup";

  public Grant {
    countries = Set.copyOf(countries);
    kinds = Set.copyOf(kinds);
    fields = Set.copyOf(fields);
  }

  /** Reads one detail; nothing when it is of another type or shape. */
  static Optional<Grant> of(Map<String, Object> detail) {
    if (!TYPE.equals(detail.get("type")) || !(detail.get("purpose") instanceof String purpose)) {
      return Optional.empty();
    }
    String legalBasis = detail.get("legal_basis") instanceof String text ? text : null;
    return Optional.of(
        new Grant(
            purpose,
            legalBasis,
            texts(detail.get("countries")),
            texts(detail.get("kinds")),
            texts(detail.get("fields"))));
  }

  /** Whether the grant holds for a purpose, a kind of question and a nation. */
  public boolean covers(String askedPurpose, Kind kind, String country) {
    return purpose.equals(askedPurpose)
        && kinds.contains(kind.code())
        && (countries.isEmpty() || countries.contains(country));
  }

  private static Set<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.toSet())
        : Set.of();
  }
}
