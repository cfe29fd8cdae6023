package org.mekong.log.year;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.log.Freshness;
import org.mekong.log.LogException;
import org.mekong.log.TransparencyLog;
import org.mekong.log.commitment.Commitment;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.entry.Json;
import org.mekong.log.entry.JsonException;
import org.mekong.log.tile.TilePath;

/**
 * Prunes entries whose time of retention is over, with what opens the commitments in them. The tree
 * stays: every checkpoint and every receipt of before stays true, and what is left can be proved.
 *
 * <p>An entry may go when it is older than the retention, by the {@code time} that it tells, and
 * covered by a checkpoint that the log's witnesses have cosigned: nothing goes that nobody else has
 * seen. What tells no time stays.
 */
public final class Retention {
  private final DataSource database;
  private final YearlyLog log;
  private final Optional<Commitments> commitments;
  private final Period retention;
  private final Clock clock;

  /**
   * @param commitments of the same service, if its entries speak of persons
   */
  public Retention(
      DataSource database,
      YearlyLog log,
      Optional<Commitments> commitments,
      Period retention,
      Clock clock) {
    this.database = database;
    this.log = log;
    this.commitments = commitments;
    this.retention = retention;
    this.clock = clock;
  }

  /** How long entries are kept. */
  public Period period() {
    return retention;
  }

  /** Below which index the entries of a log may be pruned now. */
  public long limit(TransparencyLog of) {
    Freshness freshness = of.freshness();
    long low = of.firstIndex();
    long high = log.isWitnessed() ? freshness.cosignedSize() : freshness.size();
    Instant horizon = clock.instant().atOffset(ZoneOffset.UTC).minus(retention).toInstant();
    // Entries stand in the order of their times, but for what happened within the same moments.
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (time(of, middle).map(time -> time.isBefore(horizon)).orElse(false)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** When the entry at an index was made; empty when it does not say, or was pruned. */
  public Optional<Instant> time(TransparencyLog of, long index) {
    return of.entry(index).flatMap(Retention::members).flatMap(Retention::time);
  }

  /**
   * Refuses what may not go yet.
   *
   * @throws RetainedException naming the limit
   */
  public void require(TransparencyLog of, long belowIndex) throws RetainedException {
    long limit = limit(of);
    if (belowIndex > limit) {
      throw new RetainedException(
          "entries of %s are kept for %s and until they are cosigned: below %d they may go"
              .formatted(of.origin(), retention, limit),
          limit);
    }
  }

  /**
   * Removes what lies wholly below an index. What an interruption leaves over the next call
   * removes.
   *
   * @throws RetainedException when some of it may not go yet; then nothing was removed
   */
  public Pruning prune(TransparencyLog of, long belowIndex) throws RetainedException, SQLException {
    require(of, belowIndex);
    long first = of.firstIndex();
    long end = belowIndex / TilePath.FULL_WIDTH * TilePath.FULL_WIDTH;
    long erased = 0;
    for (long from = first; from < end; from += TilePath.FULL_WIDTH) {
      erased += eraseCommitments(of, from);
    }
    if (end > first) {
      of.prune(end);
    }
    return new Pruning(of.origin(), Math.max(first, end), Math.max(0, end - first), erased);
  }

  private long eraseCommitments(TransparencyLog of, long from) throws SQLException {
    if (commitments.isEmpty()) {
      return 0;
    }
    List<Commitment> these = new ArrayList<>();
    for (long index = from; index < from + TilePath.FULL_WIDTH; index++) {
      of.entry(index).flatMap(Retention::members).flatMap(Retention::subject).ifPresent(these::add);
    }
    try (Connection connection = database.getConnection()) {
      return these.isEmpty() ? 0 : commitments.get().erase(connection, these);
    }
  }

  private static Optional<Map<String, @Nullable Object>> members(byte[] entry) {
    try {
      return Optional.of(Json.object(entry));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(Map<String, @Nullable Object> entry) {
    try {
      return entry.get("time") instanceof String time
          ? Optional.of(Instant.parse(time))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Commitment> subject(Map<String, @Nullable Object> entry) {
    try {
      return entry.get("subject") instanceof String text
          ? Optional.of(Commitment.parse(text))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new LogException("an entry's commitment is malformed", e);
    }
  }
}
