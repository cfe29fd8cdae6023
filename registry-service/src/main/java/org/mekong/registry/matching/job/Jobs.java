package org.mekong.registry.matching.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.matching.rule.RuleSets;
import org.mekong.registry.problem.Problem;

/** The jobs and how far they are. Works in the caller's transaction. */
@ApplicationScoped
class Jobs {

  private static final String RUN = "run";
  private static final String DRY_RUN = "dry_run";
  private static final String COMPARE = "compare";
  private static final String KEYS = "keys";
  private static final String COLUMNS =
      "job_id, kind, rules, against, phase, state, place, total, done, result, failure,"
          + " started_at, finished_at";

  private final RuleSets rules;
  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();

  Jobs(RuleSets rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Starts a job; a worker takes it up.
   *
   * @param tried version to be tried; a run by the rules in force when absent
   */
  Job start(Connection transaction, @Nullable Integer tried, String by) throws SQLException {
    try (PreparedStatement lock =
        transaction.prepareStatement("lock table match_job in share row exclusive mode")) {
      lock.execute();
    }
    String kind = tried == null ? RUN : DRY_RUN;
    if (isRunning(transaction, kind)) {
      throw Problem.CONFLICT.because("Another job of this kind is not finished.");
    }
    int against = rules.inForce(transaction).version();
    Instant now = clock.instant();
    Job job =
        new Job(
            UuidV7.of(now.toEpochMilli(), random),
            tried != null,
            tried == null ? against : tried,
            against,
            false,
            Job.RUNNING,
            null,
            persons(transaction),
            0,
            JobResult.NOTHING,
            null,
            now,
            null);
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "insert into match_job (job_id, kind, rules, against, phase, state, total, done,"
                + " result, started_by, started_at) values (?, ?, ?, ?, ?, ?, ?, 0, ?::json, ?, ?)")) {
      insert.setObject(1, job.id());
      insert.setString(2, kind);
      insert.setInt(3, job.rules());
      insert.setInt(4, against);
      insert.setString(5, KEYS);
      insert.setString(6, Job.RUNNING);
      insert.setLong(7, job.total());
      insert.setString(8, Tally.write(job.result()));
      insert.setString(9, by);
      insert.setObject(10, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    return job;
  }

  /** A job. */
  Optional<Job> find(Connection connection, UUID id, boolean dry) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select " + COLUMNS + " from match_job where job_id = ? and kind = ?")) {
      select.setObject(1, id);
      select.setString(2, dry ? DRY_RUN : RUN);
      return read(select);
    }
  }

  /** The oldest running job that nobody else goes on with now; held until the transaction ends. */
  Optional<Job> take(Connection transaction) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement(
            "select "
                + COLUMNS
                + " from match_job where state = 'running' order by job_id limit 1"
                + " for update skip locked")) {
      return read(select);
    }
  }

  /** Notes how far a job is. */
  void save(Connection transaction, Job job) throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement(
            "update match_job set phase = ?, state = ?, place = ?, done = ?, result = ?::json,"
                + " failure = ?, finished_at = ? where job_id = ?")) {
      update.setString(1, job.comparing() ? COMPARE : KEYS);
      update.setString(2, job.state());
      update.setObject(3, job.place());
      update.setLong(4, job.done());
      update.setString(5, Tally.write(job.result()));
      update.setString(6, job.failure());
      Instant finished = job.finishedAt();
      update.setObject(7, finished == null ? null : finished.atOffset(ZoneOffset.UTC));
      update.setObject(8, job.id());
      update.executeUpdate();
    }
  }

  private static boolean isRunning(Connection transaction, String kind) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement(
            "select 1 from match_job where state = 'running' and kind = ? limit 1")) {
      select.setString(1, kind);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static long persons(Connection transaction) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement("select count(*) from person");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Optional<Job> read(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
      return Optional.of(
          new Job(
              row.getObject("job_id", UUID.class),
              row.getString("kind").equals(DRY_RUN),
              row.getInt("rules"),
              row.getInt("against"),
              row.getString("phase").equals(COMPARE),
              row.getString("state"),
              row.getObject("place", UUID.class),
              row.getLong("total"),
              row.getLong("done"),
              Tally.read(row.getString("result")),
              row.getString("failure"),
              row.getObject("started_at", OffsetDateTime.class).toInstant(),
              finished == null ? null : finished.toInstant()));
    }
  }
}
