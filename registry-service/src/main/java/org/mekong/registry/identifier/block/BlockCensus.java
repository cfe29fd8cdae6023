package org.mekong.registry.identifier.block;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mekong.registry.identifier.NumberBlock;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.transaction.Transaction;

/**
 * Counts how full the blocks of numbers are. All are counted in one pass over the key of {@code
 * identifier}, seldom and by one replica at a time; a block in which allocation met taken numbers
 * is counted alone, by its range of the key, soon after. Allocation knows nothing of it.
 */
@ApplicationScoped
class BlockCensus {

  /** Keeps replicas from counting at once: the letters "blok". */
  private static final String LOCK = "select pg_try_advisory_xact_lock(1651273579)";

  private static final String ALL =
      "insert into identifier_block (prefix, capacity, given, counted_at)"
          + " select left(number, -?), ?, count(*), ? from identifier"
          + " where length(number) = ? group by 1"
          + " on conflict (prefix) do update set capacity = excluded.capacity,"
          + " given = excluded.given, counted_at = excluded.counted_at";
  private static final String GONE = "delete from identifier_block where counted_at < ?";
  private static final String ONE =
      "insert into identifier_block (prefix, capacity, given, counted_at)"
          + " select ?, ?, count(*), ? from identifier where number between ? and ?"
          + " on conflict (prefix) do update set capacity = excluded.capacity,"
          + " given = excluded.given, counted_at = excluded.counted_at";
  private static final String STALE =
      "select (select min(counted_at) from identifier_block),"
          + " (select coalesce(sum(given), 0) from identifier_block),"
          + " (select reltuples from pg_class where oid = 'identifier'::regclass)";
  private static final String FULLEST =
      "select count(*) filter (where given >= capacity * ?),"
          + " coalesce(max(given::float8 / capacity), 0) from identifier_block";
  private static final String PAGE =
      "select prefix, capacity, given, given * 1000000 / capacity as share, counted_at"
          + " from identifier_block"
          + " where given * 1000000 / capacity < ?"
          + " or (given * 1000000 / capacity = ? and prefix > ?)"
          + " order by share desc, prefix limit ?";

  /** Growth by so much since the last count, as by a bulk load, makes a count worth its cost. */
  private static final double GROWTH = 1.1;

  private static final int FEW = 1_000;

  private final DataSource database;
  private final NumberScheme scheme;
  private final CrowdedBlocks crowded;
  private final Clock clock;

  BlockCensus(DataSource database, NumberScheme scheme, CrowdedBlocks crowded, Clock clock) {
    this.database = database;
    this.scheme = scheme;
    this.crowded = crowded;
    this.clock = clock;
  }

  /**
   * A block and how full it was when it was counted.
   *
   * @param share of the capacity, in millionths
   */
  record Count(NumberBlock block, long given, long share, Instant countedAt) {}

  /**
   * How the blocks stand together.
   *
   * @param nearlyFull how many are at least as full as asked
   * @param fullest share of the fullest, from 0 to 1
   */
  record Standing(long nearlyFull, double fullest) {}

  /** Counts all blocks, unless another replica is at it. */
  void countAll() throws SQLException {
    OffsetDateTime now = now();
    Transaction.run(
        database,
        transaction -> {
          try (Statement lock = transaction.createStatement();
              ResultSet row = lock.executeQuery(LOCK)) {
            if (row.next() && row.getBoolean(1)) {
              execute(
                  transaction, ALL, scheme.width(), capacity(scheme.width()), now, scheme.length());
              execute(transaction, GONE, now);
            }
          }
        });
  }

  /** Counts the blocks in which allocation met taken numbers. */
  void countCrowded(int most) throws SQLException {
    List<NumberBlock> blocks = crowded.take(most);
    if (blocks.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      for (NumberBlock block : blocks) {
        execute(
            connection,
            ONE,
            block.prefix(),
            capacity(block.width()),
            now(),
            block.number(0),
            block.number(block.capacity() - 1));
      }
    }
  }

  /** Whether all blocks should be counted again: after a time, or after a bulk load. */
  boolean isStale(Duration after) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STALE)) {
      row.next();
      OffsetDateTime counted = row.getObject(1, OffsetDateTime.class);
      boolean old = counted == null || counted.toInstant().plus(after).isBefore(clock.instant());
      return old || row.getDouble(3) > row.getLong(2) * GROWTH + FEW;
    }
  }

  Standing standing(double nearlyFull) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FULLEST)) {
      select.setDouble(1, nearlyFull);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Standing(row.getLong(1), row.getDouble(2));
      }
    }
  }

  /**
   * The fullest blocks, behind one of a share and prefix.
   *
   * @param share in millionths
   */
  List<Count> fullest(long share, String prefix, int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setLong(1, share);
      select.setLong(2, share);
      select.setString(3, prefix);
      select.setInt(4, limit);
      List<Count> counts = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          NumberBlock block =
              new NumberBlock(
                  row.getString("prefix"), (int) Math.round(Math.log10(row.getLong("capacity"))));
          counts.add(
              new Count(
                  block,
                  row.getLong("given"),
                  row.getLong("share"),
                  row.getObject("counted_at", OffsetDateTime.class).toInstant()));
        }
      }
      return counts;
    }
  }

  private static long capacity(int width) {
    return new NumberBlock("", width).capacity();
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static void execute(Connection connection, String statement, Object... values)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      prepared.executeUpdate();
    }
  }
}
