package org.mekong.registry.population.load;

import java.time.Duration;

/**
 * What a run of a load did, and where the time went. The times of threads that work side by side
 * are added up.
 *
 * @param elapsed from start to end, as a clock on the wall shows it
 * @param making making up villages and putting every event through the rules
 * @param writing turning them into rows
 * @param copying waiting for the database to take the rows
 * @param finishing gathering statistics for the planner, and the last flush
 */
public record LoadReport(
    long persons,
    long events,
    long entries,
    Duration elapsed,
    Duration making,
    Duration writing,
    Duration copying,
    Duration finishing) {}
