package org.mekong.registry.population;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a population is.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param seconds since the start, or from start to end
 * @param reason why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PopulationView(
    @Nullable UUID id,
    String state,
    int done,
    int total,
    long seed,
    double seconds,
    @Nullable String reason) {

  static PopulationView of(PopulationJobEntity job, Instant now) {
    Instant end = job.finishedAt == null ? now : job.finishedAt;
    double seconds = Duration.between(job.startedAt, end).toMillis() / 1000.0;
    return new PopulationView(
        job.id, job.state, job.done, job.total, job.seed, seconds, job.failure);
  }
}
