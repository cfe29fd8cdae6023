package org.mekong.registry.bulk.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.file.FileFormat;

/** The table {@code bulk_import}. Works in the caller's transaction. */
@ApplicationScoped
class Imports {

  private static final String COLUMNS =
      "import_id, caller, format, header, dry_run, on_problem, state, phase, bytes, rows, failure,"
          + " created_at, started_at, finished_at";
  private static final String SELECT = "select " + COLUMNS + " from bulk_import ";
  private static final String[] LEFTOVERS = {
    "delete from bulk_reference where import_id = ?",
    "delete from bulk_claim where import_id = ?",
    "update bulk_chunk set content = null where import_id = ? and content is not null"
  };
  private static final String[] ALL = {
    "delete from bulk_chunk where import_id = ?", "delete from bulk_import where import_id = ?"
  };

  private final Clock clock;

  Imports(Clock clock) {
    this.clock = clock;
  }

  /** Notes that a file begins to arrive. */
  void begin(Connection transaction, Import of) throws SQLException {
    write(
        transaction,
        "insert into bulk_import (import_id, caller, format, header, dry_run, on_problem, state,"
            + " phase, counts, bytes, rows, created_at, touched_at)"
            + " values (?, ?, ?, ?, ?, ?, 'uploading', ?, false, 0, 0, ?, ?)",
        of.id(),
        of.caller(),
        of.format().code(),
        of.header(),
        of.dryRun(),
        of.onProblem().code(),
        of.storing() ? "store" : "check",
        at(of.createdAt()),
        at(of.createdAt()));
  }

  /** Notes that a file goes on arriving. */
  void touch(Connection transaction, UUID id, long rows) throws SQLException {
    int there =
        write(
            transaction,
            "update bulk_import set touched_at = ?, rows = ? where import_id = ?"
                + " and state = 'uploading'",
            at(clock.instant()),
            rows,
            id);
    if (there == 0) {
      throw new SQLException("An upload was given up that goes on");
    }
  }

  /** Notes that a file is whole. */
  void arrived(
      Connection transaction,
      UUID id,
      @Nullable String header,
      byte[] digest,
      long bytes,
      long rows)
      throws SQLException {
    write(
        transaction,
        "update bulk_import set state = 'uploaded', header = ?, digest = ?, bytes = ?, rows = ?,"
            + " counts = not dry_run where import_id = ?",
        header,
        digest,
        bytes,
        rows,
        id);
  }

  /** An import that this very file counts as imported by. */
  Optional<Import> ofFile(Connection transaction, String caller, byte[] digest)
      throws SQLException {
    return read(transaction, SELECT + "where counts and caller = ? and digest = ?", caller, digest)
        .stream()
        .findFirst();
  }

  Optional<Import> find(Connection transaction, UUID id) throws SQLException {
    return read(transaction, SELECT + "where import_id = ?", id).stream().findFirst();
  }

  /** Holds an import against others until the transaction ends. */
  Optional<Import> hold(Connection transaction, UUID id) throws SQLException {
    return read(transaction, SELECT + "where import_id = ? for update", id).stream().findFirst();
  }

  /** Imports that are to be worked on, the oldest first. */
  List<Import> open(Connection transaction) throws SQLException {
    return read(
        transaction, SELECT + "where state in ('uploaded', 'running') order by import_id limit 20");
  }

  /**
   * Imports of a caller, or of all, the latest first.
   *
   * @param caller empty for all
   */
  List<Import> page(Connection transaction, String caller, UUID before, int limit)
      throws SQLException {
    return read(
        transaction,
        SELECT
            + "where import_id < ? and (? = '' or caller = ?) and state <> 'uploading'"
            + " order by import_id desc limit ?",
        before,
        caller,
        caller,
        limit);
  }

  void start(Connection transaction, UUID id) throws SQLException {
    write(
        transaction,
        "update bulk_import set state = 'running', started_at = coalesce(started_at, ?)"
            + " where import_id = ? and state = 'uploaded'",
        at(clock.instant()),
        id);
  }

  /** Goes on from checking to storing. */
  void store(Connection transaction, UUID id) throws SQLException {
    write(transaction, "delete from bulk_reference where import_id = ?", id);
    write(transaction, "delete from bulk_claim where import_id = ?", id);
    write(transaction, "delete from bulk_chunk where import_id = ? and late", id);
    write(
        transaction,
        "update bulk_chunk set done_at = null, accepted = 0, refused = 0, put_off = 0"
            + " where import_id = ?",
        id);
    write(transaction, "update bulk_import set phase = 'store' where import_id = ?", id);
  }

  /**
   * Ends an import; only what tells of it stays.
   *
   * @param stored whether it has stored anybody
   */
  void end(
      Connection transaction, UUID id, Import.State state, @Nullable String failure, boolean stored)
      throws SQLException {
    write(
        transaction,
        "update bulk_import set state = ?, failure = ?, finished_at = ?,"
            + " counts = counts and (? or state = 'finished') where import_id = ?",
        state.code(),
        failure,
        at(clock.instant()),
        stored || state == Import.State.FINISHED,
        id);
    for (String statement : LEFTOVERS) {
      write(transaction, statement, id);
    }
  }

  /** Forgets an upload that did not come to its end. */
  void forget(Connection transaction, UUID id) throws SQLException {
    for (String statement : ALL) {
      write(transaction, statement, id);
    }
  }

  /** Uploads that nothing has arrived of since an instant. */
  List<Import> left(Connection transaction, Instant since) throws SQLException {
    return read(
        transaction,
        SELECT + "where state = 'uploading' and touched_at < ? for update skip locked",
        at(since));
  }

  private static List<Import> read(Connection transaction, String statement, Object... values)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<Import> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(of(row));
        }
      }
      return found;
    }
  }

  private static Import of(ResultSet row) throws SQLException {
    return new Import(
        row.getObject("import_id", UUID.class),
        row.getString("caller"),
        FileFormat.ofCode(row.getString("format")).orElseThrow(),
        row.getString("header"),
        row.getBoolean("dry_run"),
        Import.OnProblem.ofCode(row.getString("on_problem")).orElseThrow(),
        Import.State.ofCode(row.getString("state")),
        row.getString("phase").equals("store"),
        row.getLong("bytes"),
        row.getLong("rows"),
        row.getString("failure"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static int write(Connection transaction, String statement, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement prepared = transaction.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      return prepared.executeUpdate();
    }
  }
}
