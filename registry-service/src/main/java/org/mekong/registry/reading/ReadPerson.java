package org.mekong.registry.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.permission.RequesterBody;

/**
 * The body of {@code POST /v1/readings}.
 *
 * @param fields names of fields as in {@code date_of_birth}
 */
public record ReadPerson(
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable SubjectBody subject,
    @Nullable List<@Nullable String> fields,
    @Nullable RequesterBody requester) {}
