package org.mekong.gateway.exchange.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a peer stands with this replica.
 *
 * @param circuit {@code closed}: it is asked; {@code open}: it is not, for a while; {@code
 *     half-open}: it is tried
 * @param underWay questions that it has not answered yet
 * @param clockDifference seconds by which its clock was ahead of ours when it last signed
 *     something; absent before
 * @param lastAnswer when it last gave an answer that was good
 */
public record Weather(
    String circuit, int underWay, @Nullable Long clockDifference, @Nullable Instant lastAnswer) {}
