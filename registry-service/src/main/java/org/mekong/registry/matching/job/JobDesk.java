package org.mekong.registry.matching.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.rule.RuleSets;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;

/** Starts jobs and tells how far they are. */
@ApplicationScoped
class JobDesk {

  private final Jobs jobs;
  private final RuleSets rules;
  private final Operations operations;
  private final DataSource database;
  private final ObjectMapper json;
  private final Clock clock;

  JobDesk(
      Jobs jobs,
      RuleSets rules,
      Operations operations,
      DataSource database,
      ObjectMapper json,
      Clock clock) {
    this.jobs = jobs;
    this.rules = rules;
    this.operations = operations;
    this.database = database;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Starts a job once for a key.
   *
   * @param tried version to be tried; a run by the rules in force when absent
   * @param path what the job's key is put behind
   */
  Outcome start(OperationKey key, @Nullable Integer tried, String path) throws SQLException {
    return operations.once(
        key,
        operations.digest(path, tried == null ? 0 : tried),
        transaction -> {
          if (tried != null && rules.find(transaction, tried).isEmpty()) {
            throw Problem.invalid("rules", "known-version", "is no version of the rules");
          }
          Job job = jobs.start(transaction, tried, key.caller());
          return new Outcome(202, URI.create(path + job.id()), write(job));
        });
  }

  /** How far a job is. */
  Optional<JobView> find(UUID id, boolean dry) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return jobs.find(connection, id, dry).map(job -> JobView.of(job, clock));
    }
  }

  private String write(Job job) {
    try {
      return json.writeValueAsString(JobView.of(job, clock));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
