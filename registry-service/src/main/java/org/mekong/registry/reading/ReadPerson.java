package org.mekong.registry.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.permission.RequesterBody;

/**
 * The body of {@code POST /v1/readings}.
 *
 * @param fields names of fields as in {@code date_of_birth}
 * @param asOf what was true at the end of this day; the newest state when absent
 * @param knownAt what the register had recorded by this instant; everything when absent
 */
public record ReadPerson(
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable SubjectBody subject,
    @Nullable List<@Nullable String> fields,
    @Nullable String asOf,
    @Nullable String knownAt,
    @Nullable RequesterBody requester) {}
