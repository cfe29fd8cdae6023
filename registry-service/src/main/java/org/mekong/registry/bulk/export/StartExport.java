package org.mekong.registry.bulk.export;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/exports}. What is left out does not narrow.
 *
 * @param fields names of fields as in {@code date_of_birth}; those that the token does not grant
 *     are left out
 * @param provinces codes of provinces of permanent residence
 * @param bornFrom first year of birth
 * @param bornTo last year of birth
 * @param ids keys of persons, at most 1000
 */
public record StartExport(
    @Schema(required = true, examples = "statistics") @Nullable String purpose,
    @Nullable String legalBasis,
    @Schema(required = true) @Nullable List<@Nullable String> fields,
    @Nullable List<@Nullable String> provinces,
    @Nullable Integer bornFrom,
    @Nullable Integer bornTo,
    @Nullable List<@Nullable String> ids) {}
