package org.mekong.registry.reading;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What every reading of a person names in its query, and the moment that it may name.
 *
 * @param asOf the state at the end of this day
 * @param knownAt the state as the register had recorded it by this instant
 */
public record MomentQuery(
    @Parameter(
            required = true,
            description = "what the data is read for",
            example = "civil-registration")
        @QueryParam("purpose")
        @Nullable String purpose,
    @Parameter(
            description = "what was true at the end of this day; the newest state when left out",
            example = "2023-01-01")
        @QueryParam("asOf")
        @Nullable String asOf,
    @Parameter(
            description =
                "what the register had recorded by this instant (RFC 3339); all when left out",
            example = "2026-01-01T00:00:00Z")
        @QueryParam("knownAt")
        @Nullable String knownAt) {}
