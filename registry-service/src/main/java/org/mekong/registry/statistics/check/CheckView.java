package org.mekong.registry.statistics.check;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A recount of the register.
 *
 * @param persons lives that were read
 * @param figures figures that are not zero
 * @param differences figures that were kept with another amount; to be 0
 */
public record CheckView(
    UUID id,
    @Schema(enumeration = {RUNNING, DONE, INTERRUPTED}) String state,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Long persons,
    @Nullable Long figures,
    @Nullable Long differences) {

  static final String RUNNING = "running";
  static final String DONE = "done";
  static final String INTERRUPTED = "interrupted";
}
