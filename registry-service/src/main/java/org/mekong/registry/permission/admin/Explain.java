package org.mekong.registry.permission.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/permissions/explanations}: a question as somebody might ask it.
 *
 * @param role in which they would ask: {@code agency}, {@code officer} or {@code gateway}
 * @param country of the asking agency, behind the gateway; this nation when left out
 */
public record Explain(
    @Nullable String role,
    @Nullable String country,
    @Nullable String agency,
    @Nullable String agencyClass,
    @Nullable String kind,
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable List<@Nullable String> fields) {}
