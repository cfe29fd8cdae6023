package org.mekong.registry.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure has done. It does not say whose links they were.
 *
 * @param disclosures rows that told the person who had asked about them
 * @param commitments entries that can be tied to nobody from now on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErasureView(
    UUID id,
    Instant time,
    String ground,
    @Nullable String reference,
    int disclosures,
    int commitments) {}
