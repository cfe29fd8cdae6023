package org.mekong.gateway.exchange.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a peer stands with this replica.
 *
 * @param circuit {@code closed}: it is asked; {@code open}: it is not, for a while; {@code
 *     half-open}: it is tried
 * @param underWay questions that it has not answered yet
 * @param beingAnswered questions of it that are being answered
 * @param turnedAway questions of it that were refused since this replica's start, because it had
 *     its share of what is answered at once
 * @param clockDifference seconds by which its clock was ahead of ours when it last signed
 *     something; absent before
 * @param lastAnswer when it last gave an answer that was good
 */
public record Weather(
    String circuit,
    int underWay,
    int beingAnswered,
    long turnedAway,
    @Nullable Long clockDifference,
    @Nullable Instant lastAnswer) {}
