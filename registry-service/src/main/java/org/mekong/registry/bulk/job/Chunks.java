package org.mekong.registry.bulk.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.file.PackedRows;
import org.mekong.registry.problem.Violation;

/** The tables {@code bulk_chunk} and {@code bulk_problem}. Works in the caller's transaction. */
@ApplicationScoped
class Chunks {

  private static final String ADD =
      "insert into bulk_chunk (import_id, number, late, rows, row_numbers, content)"
          + " values (?, ?, ?, ?, ?, ?)";
  private static final String TAKE =
      "select number, late, rows, row_numbers, content from bulk_chunk"
          + " where import_id = ? and done_at is null and not late and content is not null"
          + " order by number limit 1 for update skip locked";
  private static final String TAKE_LATE =
      "select number, late, rows, row_numbers, content from bulk_chunk"
          + " where import_id = ? and number = (select min(number) from bulk_chunk"
          + " where import_id = ? and done_at is null)"
          + " and late and done_at is null and content is not null for update skip locked";
  private static final String DONE =
      "update bulk_chunk set done_at = ?, accepted = ?, refused = ?, put_off = ?,"
          + " content = case when ? then null else content end"
          + " where import_id = ? and number = ?";
  private static final String PROBLEM =
      "insert into bulk_problem (import_id, row_number, place, field, rule, detail)"
          + " values (?, ?, ?, ?, ?, ?) on conflict do nothing";
  private static final String PROGRESS =
      "select coalesce(sum(accepted), 0), coalesce(sum(refused), 0),"
          + " coalesce(sum(accepted + refused) filter (where done_at >= ?), 0),"
          + " min(done_at) filter (where done_at >= ?), count(*) filter (where done_at is null)"
          + " from bulk_chunk where import_id = ?";

  private static final int LATE_FROM = 1_000_000_000;

  private final Clock clock;

  Chunks(Clock clock) {
    this.clock = clock;
  }

  /**
   * Rows that are worked off together.
   *
   * @param late whether they were put off until all others are in
   * @param numbers of the rows in the file
   */
  record Chunk(int number, boolean late, List<Long> numbers, List<byte[]> content) {
    Chunk {
      numbers = List.copyOf(numbers);
      content = List.copyOf(content);
    }
  }

  /**
   * How far a phase is.
   *
   * @param recent rows of the last while
   * @param since when the first of these were done
   * @param open chunks that are not done
   */
  record Progress(long accepted, long refused, long recent, @Nullable Instant since, long open) {}

  /** Keeps rows that follow one another. */
  void add(Connection transaction, UUID id, int number, long first, List<byte[]> rows)
      throws SQLException {
    add(transaction, id, number, false, List.of(first), rows);
  }

  /** Puts rows off that stand in a chunk. */
  void putOff(Connection transaction, UUID id, int number, List<Long> numbers, List<byte[]> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      add(transaction, id, LATE_FROM + number, true, numbers, rows);
    }
  }

  private static void add(
      Connection transaction,
      UUID id,
      int number,
      boolean late,
      List<Long> numbers,
      List<byte[]> rows)
      throws SQLException {
    Imports.write(
        transaction,
        ADD,
        id,
        number,
        late,
        rows.size(),
        transaction.createArrayOf("bigint", numbers.toArray()),
        PackedRows.pack(rows));
  }

  /**
   * Takes a chunk that nobody works on; it is this transaction's until it ends. Those put off come
   * one after the other, when all others are done.
   */
  Optional<Chunk> take(Connection transaction, UUID id) throws SQLException {
    Optional<Chunk> chunk = read(transaction, TAKE, id);
    return chunk.isPresent() ? chunk : read(transaction, TAKE_LATE, id, id);
  }

  private static Optional<Chunk> read(Connection transaction, String statement, UUID... values)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        boolean late = row.getBoolean("late");
        int rows = row.getInt("rows");
        Long[] numbers = (Long[]) row.getArray("row_numbers").getArray();
        return Optional.of(
            new Chunk(
                row.getInt("number"),
                late,
                late
                    ? List.of(numbers)
                    : LongStream.range(numbers[0], numbers[0] + rows).boxed().toList(),
                PackedRows.unpack(row.getBytes("content"), rows)));
      }
    }
  }

  /**
   * Notes that a chunk is done.
   *
   * @param forget whether its rows are not needed any more
   */
  void done(
      Connection transaction,
      UUID id,
      Chunk chunk,
      int accepted,
      int refused,
      int putOff,
      boolean forget)
      throws SQLException {
    Imports.write(
        transaction,
        DONE,
        Imports.at(clock.instant()),
        accepted,
        refused,
        putOff,
        forget,
        id,
        chunk.number());
  }

  /** Keeps what is wrong with rows. */
  void problems(Connection transaction, UUID id, Map<Long, List<Violation>> refused)
      throws SQLException {
    if (refused.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = transaction.prepareStatement(PROBLEM)) {
      for (Map.Entry<Long, List<Violation>> row : refused.entrySet()) {
        int place = 0;
        for (Violation violation : row.getValue()) {
          insert.setObject(1, id);
          insert.setLong(2, row.getKey());
          insert.setInt(3, place++);
          insert.setString(4, violation.field());
          insert.setString(5, violation.rule());
          insert.setString(6, violation.detail());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Waits for those who work on chunks of an import, and keeps others from taking one. */
  void hold(Connection transaction, UUID id) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement(
            "select number from bulk_chunk where import_id = ? and done_at is null"
                + " order by number for update")) {
      select.setObject(1, id);
      select.execute();
    }
  }

  /** Notes of rows that were not looked at that they are not in. */
  void leave(Connection transaction, UUID id) throws SQLException {
    Imports.write(
        transaction,
        "insert into bulk_problem (import_id, row_number, place, field, rule, detail)"
            + " select import_id, row_numbers[1], 0, '', 'not-imported', case when late then"
            + " 'was put off and is not in, with rows ' || array_to_string(row_numbers, ', ')"
            + " else 'is not in, nor is any row up to ' || row_numbers[1] + rows - 1 end"
            + " from bulk_chunk where import_id = ? and done_at is null on conflict do nothing",
        id);
  }

  /** How far an import is in the phase that runs. */
  Progress progress(Connection transaction, UUID id, Instant since) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(PROGRESS)) {
      select.setObject(1, Imports.at(since));
      select.setObject(2, Imports.at(since));
      select.setObject(3, id);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        OffsetDateTime first = row.getObject(4, OffsetDateTime.class);
        return new Progress(
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            first == null ? null : first.toInstant(),
            row.getLong(5));
      }
    }
  }
}
