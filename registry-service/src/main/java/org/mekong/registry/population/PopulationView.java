package org.mekong.registry.population;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.population.load.LoadJob;
import org.mekong.registry.population.load.LoadProgress;

/**
 * How far a population is.
 *
 * @param state {@code running}, {@code interrupted}, {@code done} or {@code failed}
 * @param done persons who are in the register
 * @param events events of theirs
 * @param seconds since the start, or from start to end
 * @param rate persons a second, in the latest run
 * @param remainingSeconds until the last person is in, while it runs
 * @param reason why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PopulationView(
    UUID id,
    String state,
    long done,
    long total,
    long events,
    long seed,
    double seconds,
    @Nullable Long rate,
    @Nullable Long remainingSeconds,
    @Nullable String reason) {

  static PopulationView of(LoadJob job, Instant now) {
    LoadProgress progress = job.progress();
    Instant finished = job.finishedAt();
    Instant end = finished == null ? now : finished;
    boolean runs = job.state() == LoadJob.State.RUNNING && progress.persons() > progress.before();
    return new PopulationView(
        job.id(),
        job.state().name().toLowerCase(Locale.ROOT),
        progress.persons(),
        job.persons(),
        progress.events(),
        job.seed(),
        Duration.between(job.startedAt(), end).toMillis() / 1000.0,
        job.state() == LoadJob.State.INTERRUPTED ? null : Math.round(progress.rate(end)),
        runs ? progress.remainingSeconds(now) : null,
        job.failure());
  }
}
