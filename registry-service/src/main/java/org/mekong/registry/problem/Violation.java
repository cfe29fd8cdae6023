package org.mekong.registry.problem;

/**
 * One rule that one member of a request broke. Holds no value of the request: values are personal.
 *
 * @param field path of the member, as in {@code names[0].given}
 * @param rule short name of the rule
 * @param detail the rule in words
 */
public record Violation(String field, String rule, String detail) {}
