package org.mekong.gateway.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One grant of a token: an authorisation detail (RFC 9396) of type {@value #TYPE}.
 *
 * @param purpose why may be asked
 * @param legalBasis the agency's own legal basis; null to use the agreement's
 * @param countries which nations may be asked
 * @param kinds how may be asked
 * @param fields what may be asked
 */
public record Grant(
    String purpose,
    @Nullable String legalBasis,
    Set<String> countries,
    Set<String> kinds,
    Set<String> fields) {

  static final String TYPE = "population_lookup";

  public Grant {
    countries = Set.copyOf(countries);
    kinds = Set.copyOf(kinds);
    fields = Set.copyOf(fields);
  }

  /** The grant in an authorisation detail; empty when it is of another type or names no purpose. */
  static Optional<Grant> of(Map<String, Object> detail) {
    if (!TYPE.equals(detail.get("type")) || !(detail.get("purpose") instanceof String purpose)) {
      return Optional.empty();
    }
    return Optional.of(
        new Grant(
            purpose,
            detail.get("legal_basis") instanceof String basis ? basis : null,
            names(detail.get("countries")),
            names(detail.get("kinds")),
            names(detail.get("fields"))));
  }

  private static Set<String> names(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.toSet())
        : Set.of();
  }
}
