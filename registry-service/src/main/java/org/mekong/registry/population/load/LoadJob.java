package org.mekong.registry.population.load;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A load, as the register remembers it.
 *
 * @param day nothing in the population happens on this day or later
 * @param finishedAt when it was done or failed
 * @param progress how far it is, as of its latest run
 */
public record LoadJob(
    UUID id,
    int persons,
    long seed,
    @Nullable LocalDate day,
    State state,
    @Nullable String failure,
    Instant startedAt,
    @Nullable Instant finishedAt,
    LoadProgress progress) {

  /** What became of a load. */
  public enum State {
    /** Somebody is at work on it. */
    RUNNING,
    /** Whoever was at work on it is gone; what is loaded stays, and the load can go on. */
    INTERRUPTED,
    DONE,
    /** It stopped at a fault; what is loaded stays, and the load can be tried again. */
    FAILED
  }
}
