package org.mekong.registry.population.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code population_job} and {@code population_village}. Whoever works on a load holds a
 * lock of the transaction as long, so that everybody sees whether somebody does.
 */
final class LoadTable {

  private static final long LOCK = 0x6d656b6f6e67L;
  private static final String HELD =
      "exists (select from pg_locks where locktype = 'advisory' and objsubid = 1 and granted"
          + " and database = (select oid from pg_database where datname = current_database())"
          + " and classid = "
          + (LOCK >>> 32)
          + " and objid = "
          + (LOCK & 0xFFFFFFFFL)
          + ")";
  private static final String JOBS =
      "select job_id, total, seed, day, state, failure, started_at, finished_at,"
          + " coalesce(run_started_at, started_at) as since, greatest(done, v.persons) as persons,"
          + " v.events, v.before, "
          + HELD
          + " as held from population_job j, lateral (select coalesce(sum(persons), 0) as persons,"
          + " coalesce(sum(events), 0) as events, coalesce(sum(persons) filter"
          + " (where loaded_at < j.run_started_at), 0) as before from population_village v"
          + " where v.job_id = j.job_id) v";

  private LoadTable() {}

  /** Takes the lock of whoever loads; false when somebody else has it. */
  static boolean lock(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement();
        ResultSet row = statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
      return row.next() && row.getBoolean(1);
    }
  }

  static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select not exists (select from person)")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** All loads, the latest first. */
  static List<LoadJob> jobs(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(JOBS + " order by started_at desc, job_id desc")) {
      return read(select);
    }
  }

  static List<LoadJob> jobs(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(JOBS + " where job_id = ?")) {
      select.setObject(1, id);
      return read(select);
    }
  }

  static void add(
      Connection connection, UUID id, int persons, long seed, LocalDate day, Instant now)
      throws SQLException {
    write(
        connection,
        "insert into population_job (job_id, seed, total, state, day, started_at, run_started_at)"
            + " values (?, ?, ?, 'running', ?, ?, ?)",
        id,
        seed,
        persons,
        day,
        at(now),
        at(now));
  }

  /** Notes that work on a load goes on. */
  static void resume(Connection connection, UUID id, Instant now) throws SQLException {
    write(
        connection,
        "update population_job set state = 'running', failure = null, finished_at = null,"
            + " run_started_at = ? where job_id = ?",
        at(now),
        id);
  }

  /** Notes of loads that were interrupted before their first village that they are no more. */
  static void giveUp(Connection connection, Instant now) throws SQLException {
    write(
        connection,
        "update population_job set state = 'failed', finished_at = ?,"
            + " failure = 'It was interrupted, and another was begun.' where state = 'running'",
        at(now));
  }

  static void finish(
      Connection connection, UUID id, String state, @Nullable String failure, Instant now)
      throws SQLException {
    write(
        connection,
        "update population_job set state = ?, failure = ?, finished_at = ? where job_id = ?",
        state,
        failure,
        at(now),
        id);
  }

  /** Notes that a village is in the register. */
  static void loaded(
      Connection transaction, UUID id, int village, int persons, int events, Instant now)
      throws SQLException {
    write(
        transaction,
        "insert into population_village (job_id, village, persons, events, loaded_at)"
            + " values (?, ?, ?, ?, ?)",
        id,
        village,
        persons,
        events,
        at(now));
  }

  /** The villages that are in the register. */
  static BitSet villages(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select village from population_village where job_id = ?")) {
      select.setObject(1, id);
      BitSet villages = new BitSet();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          villages.set(rows.getInt(1));
        }
      }
      return villages;
    }
  }

  private static List<LoadJob> read(PreparedStatement select) throws SQLException {
    List<LoadJob> jobs = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        jobs.add(job(row));
      }
    }
    return jobs;
  }

  private static LoadJob job(ResultSet row) throws SQLException {
    LoadJob.State state = LoadJob.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    boolean left = state == LoadJob.State.RUNNING && !row.getBoolean("held");
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new LoadJob(
        row.getObject("job_id", UUID.class),
        row.getInt("total"),
        row.getLong("seed"),
        row.getObject("day", LocalDate.class),
        left ? LoadJob.State.INTERRUPTED : state,
        row.getString("failure"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant(),
        new LoadProgress(
            row.getLong("persons"),
            row.getLong("events"),
            row.getLong("total"),
            row.getObject("since", OffsetDateTime.class).toInstant(),
            row.getLong("before")));
  }

  private static void write(Connection connection, String statement, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      prepared.executeUpdate();
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
