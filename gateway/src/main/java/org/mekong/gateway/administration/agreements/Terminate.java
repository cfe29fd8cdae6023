package org.mekong.gateway.administration.agreements;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/agreements/{id}/versions/{version}/termination}.
 *
 * @param from first day on which it may not be used any more, UTC; today where absent
 * @param reference of the note by which the other parties were told
 */
public record Terminate(@Nullable LocalDate from, @Nullable String reference) {}
