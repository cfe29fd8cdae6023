package org.mekong.registry.matching.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is, and what it found.
 *
 * @param rules version that is applied or tried
 * @param rulesInForce version in force when it started
 * @param state {@code running}, {@code done} or {@code failed}
 * @param phase {@code keys} while blocking keys are made, {@code compare} afterwards
 * @param done persons compared
 * @param total persons at the start
 * @param seconds since the start, or from start to end
 */
@Schema(name = "MatchingJob")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
    UUID id,
    int rules,
    int rulesInForce,
    String state,
    String phase,
    long done,
    long total,
    double seconds,
    JobResult result,
    @Nullable String reason) {

  static JobView of(Job job, Clock clock) {
    Instant finished = job.finishedAt();
    Instant end = finished == null ? clock.instant() : finished;
    return new JobView(
        job.id(),
        job.rules(),
        job.against(),
        job.state(),
        job.comparing() ? "compare" : "keys",
        job.done(),
        job.total(),
        Duration.between(job.startedAt(), end).toMillis() / 1000.0,
        job.result(),
        job.failure());
  }
}
