package org.mekong.registry.statistics;

/**
 * How much the register holds.
 *
 * @param persons persons, living or not
 * @param numbers personal numbers ever given
 * @param disclosures times that a person's data was asked for
 */
public record RegisterCounts(String nation, long persons, long numbers, long disclosures) {}
