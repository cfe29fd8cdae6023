package org.mekong.registry.bulk.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A permission, taken once, to read many persons page by page.
 *
 * @param fields names of the fields asked for
 * @param given persons given so far; one who was given twice counts twice
 * @param finished whether the last page was given
 */
record Export(
    UUID id,
    String caller,
    String purpose,
    @Nullable String legalBasis,
    List<String> fields,
    Filter filter,
    long given,
    boolean finished,
    Instant createdAt,
    Instant expiresAt) {
  Export {
    fields = List.copyOf(fields);
  }
}
