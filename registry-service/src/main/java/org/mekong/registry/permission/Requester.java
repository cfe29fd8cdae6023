package org.mekong.registry.permission;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the trace of the answer names them. Holds no personal data: an officer is a
 * pseudonym that only the asking agency can resolve.
 *
 * @param visibleAfter when the person may see the disclosure, at once when absent
 */
public record Requester(
    String requestId,
    String country,
    String agency,
    @Nullable String officer,
    @Nullable String legalBasis,
    @Nullable Instant visibleAfter) {}
