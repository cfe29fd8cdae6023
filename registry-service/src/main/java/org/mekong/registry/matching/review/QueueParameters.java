package org.mekong.registry.matching.review;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What a list of pairs is narrowed by.
 *
 * @param state {@code open} when left out
 * @param minScore lowest score
 * @param province of the permanent residence of one of the two
 */
public record QueueParameters(
    @Parameter(example = "open") @QueryParam("state") @Nullable String state,
    @Parameter(example = "20") @QueryParam("minScore") @Nullable String minScore,
    @Parameter(example = "44") @QueryParam("province") @Nullable String province,
    @QueryParam("cursor") @Nullable String cursor,
    @Parameter(example = "20") @QueryParam("limit") @Nullable String limit) {}
