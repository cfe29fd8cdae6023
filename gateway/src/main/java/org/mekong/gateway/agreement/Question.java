package org.mekong.gateway.agreement;

import java.util.Set;

/**
 * What an agreement decides on: who asks whom, why, and for what; not about whom.
 *
 * @param from nation that asks, ISO 3166-1 alpha-2
 * @param to nation that is asked
 * @param agency id of the asking agency
 * @param agencyClass its class, such as {@code civil-registry}
 * @param purpose why it asks
 * @param kind how it asks
 * @param fields names of the predicates or fields that it asks for, and of those that it asks by,
 *     at least one
 */
public record Question(
    String from,
    String to,
    String agency,
    String agencyClass,
    String purpose,
    LookupKind kind,
    Set<String> fields) {

  public Question {
    fields = Set.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a question asks for at least one predicate or field");
    }
  }
}
