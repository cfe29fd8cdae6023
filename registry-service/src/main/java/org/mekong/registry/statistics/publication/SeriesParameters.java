package org.mekong.registry.statistics.publication;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What every table by month is narrowed by.
 *
 * @param from eleven months before the last one when left out
 * @param to the last month that is closed when left out
 */
public record SeriesParameters(
    @Parameter(description = "first month; eleven before the last when left out")
        @QueryParam("from")
        @Nullable String from,
    @Parameter(description = "last month; the last that is closed when left out") @QueryParam("to")
        @Nullable String to,
    @Parameter(
            description = "rows of one province alone: its code, elsewhere or total",
            example = "total")
        @QueryParam("province")
        @Nullable String province,
    @Parameter(description = "json or csv; as Accept says when left out", example = "json")
        @QueryParam("format")
        @Nullable String format) {}
