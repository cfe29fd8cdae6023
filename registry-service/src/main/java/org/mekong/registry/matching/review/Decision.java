package org.mekong.registry.matching.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.pair.Verdict;

/**
 * A decision that was made.
 *
 * @param number from 1; the highest is in force
 * @param by the client that the officer used
 * @param survivor who stands in the register for both from then on
 * @param eventId the merge or split that followed
 */
record Decision(
    int number,
    Verdict verdict,
    String reason,
    String by,
    String agency,
    Instant at,
    @Nullable UUID survivor,
    @Nullable UUID eventId) {}
