package org.mekong.registry.verification;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.permission.RequesterBody;
import org.mekong.registry.reading.SubjectBody;

/** The body of {@code POST /v1/verifications}. */
public record Verify(
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable SubjectBody subject,
    @Nullable List<@Nullable PredicateBody> predicates,
    @Nullable RequesterBody requester) {}
