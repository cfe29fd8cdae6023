package org.mekong.registry.matching.pair;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.mekong.registry.matching.rule.Outcome;

/**
 * A pair as it stands in the queue.
 *
 * @param rules version that the score comes from
 * @param decisions how many were made, the last of them being in force
 */
public record Duplicate(
    UUID id,
    Pair pair,
    State state,
    Outcome outcome,
    BigDecimal score,
    int rules,
    Findings findings,
    int decisions,
    Instant foundAt,
    Instant scoredAt) {}
