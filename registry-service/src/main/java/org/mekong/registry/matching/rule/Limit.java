package org.mekong.registry.matching.rule;

/**
 * A level that rules out more than an outcome, however much else agrees: twins share everything but
 * the given name.
 */
public record Limit(MatchField field, String level, Outcome atMost) {}
