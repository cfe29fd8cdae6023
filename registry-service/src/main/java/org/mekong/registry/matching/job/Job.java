package org.mekong.registry.matching.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A way through the whole register.
 *
 * @param dry whether rules are only tried
 * @param rules version that is applied or tried
 * @param against version in force when it started
 * @param comparing whether the keys are made and pairs are compared now
 * @param place the last person of this phase that is done
 * @param total persons at the start
 * @param done persons compared
 */
record Job(
    UUID id,
    boolean dry,
    int rules,
    int against,
    boolean comparing,
    String state,
    @Nullable UUID place,
    long total,
    long done,
    JobResult result,
    @Nullable String failure,
    Instant startedAt,
    @Nullable Instant finishedAt) {

  static final String RUNNING = "running";
  static final String DONE = "done";
  static final String FAILED = "failed";

  /** The job after some more persons of this phase. */
  Job at(@Nullable UUID last, int persons, JobResult sum) {
    return new Job(
        id,
        dry,
        rules,
        against,
        comparing,
        state,
        last,
        total,
        comparing ? done + persons : done,
        sum,
        failure,
        startedAt,
        finishedAt);
  }

  /** The job at the start of its second phase, or at its end. */
  Job next(Instant now) {
    return new Job(
        id,
        dry,
        rules,
        against,
        true,
        comparing ? DONE : state,
        null,
        total,
        done,
        result,
        failure,
        startedAt,
        comparing ? now : null);
  }
}
