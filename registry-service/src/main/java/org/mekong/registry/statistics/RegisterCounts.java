package org.mekong.registry.statistics;

/**
 * How much the register holds.
 *
 * @param persons persons, living or not, those merged into others among them
 * @param numbers personal numbers ever given; beyond 100,000 as the database estimates them
 * @param disclosures times that a person's data was asked for; estimated as numbers are
 */
public record RegisterCounts(String nation, long persons, long numbers, long disclosures) {}
