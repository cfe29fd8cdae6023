package org.mekong.registry.matching.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes on with jobs, a stretch of persons at a time. */
@ApplicationScoped
public class JobSteps {

  private final Jobs jobs;
  private final RegisterRun run;
  private final DryRun dryRun;
  private final Clock clock;

  JobSteps(Jobs jobs, RegisterRun run, DryRun dryRun, Clock clock) {
    this.jobs = jobs;
    this.run = run;
    this.dryRun = dryRun;
    this.clock = clock;
  }

  /** The job that a step went on with, for whoever has to tell that it failed. */
  public static final class Taken {
    private @Nullable Job job;

    /** Whether there is one. */
    public boolean isSome() {
      return job != null;
    }
  }

  /** Whether there was something to do. */
  public boolean work(Connection transaction, int most, Taken taken) throws SQLException {
    Optional<Job> found = jobs.take(transaction);
    if (found.isEmpty()) {
      return false;
    }
    Job job = found.get();
    taken.job = job;
    Stretch stretch = Stretch.after(transaction, job.place(), most);
    if (stretch.persons().isEmpty()) {
      if (job.comparing() && job.dry()) {
        dryRun.end(transaction, job.id());
      }
      jobs.save(transaction, job.next(clock.instant()));
      return true;
    }
    JobResult result = job.result();
    if (job.comparing()) {
      result =
          (job.dry()
                  ? dryRun.compare(transaction, job, stretch)
                  : run.compare(transaction, job, stretch))
              .result();
    } else if (job.dry()) {
      dryRun.keys(transaction, job, stretch);
    } else {
      run.keys(transaction, job, stretch);
    }
    jobs.save(transaction, job.at(stretch.last(), stretch.persons().size(), result));
    return true;
  }

  /** Gives a job up. */
  public boolean fail(Connection transaction, Taken taken) throws SQLException {
    Job job = taken.job;
    if (job == null) {
      return false;
    }
    if (job.dry()) {
      dryRun.end(transaction, job.id());
    }
    jobs.save(
        transaction,
        new Job(
            job.id(),
            job.dry(),
            job.rules(),
            job.against(),
            job.comparing(),
            Job.FAILED,
            job.place(),
            job.total(),
            job.done(),
            job.result(),
            "The job could not go on; the service's log tells why.",
            job.startedAt(),
            clock.instant()));
    return true;
  }
}
