package org.mekong.registry.statistics.release;

import java.time.Instant;

/**
 * What is published together.
 *
 * @param month the month in which it is published; figures are of months before
 * @param edition counts the releases of this register
 */
public record Release(int month, int edition, Instant madeAt) {}
