package org.mekong.registry.feed.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Gives committed changes their positions. One pass at a time in the whole cluster, by a lock of
 * the transaction; whoever does not get it leaves the work to who has it. The number that an
 * arrival drew orders those of one pass, so that what happened to one person keeps its order: their
 * second change draws its number after the first has committed. Thread-safe.
 */
public final class Sequencer {

  private static final long LOCK = 0x6d656b66656564L;

  /** A pass takes arrivals until they make so many entries; one batch of a load is taken whole. */
  private static final int ENTRIES_A_PASS = 20_000;

  private static final int ARRIVALS_A_PASS = 5_000;

  private static final long HELD_BACK = LOCK + 1;

  private static final String LOCKED =
      "select pg_try_advisory_xact_lock(%d) and pg_try_advisory_xact_lock(%d)"
          .formatted(LOCK, HELD_BACK);
  private static final String HOLD_BACK =
      "select pg_advisory_xact_lock_shared(%d)".formatted(HELD_BACK);
  private static final String PASS =
      """
      with due as materialized (
        select arrival from (
          select arrival, sum(entries) over (order by arrival) - entries as before
          from (select arrival, entries from change_arrival order by arrival limit ?) first) counted
        where before < ?),
      taken as materialized (
        delete from change_arrival where arrival in (select arrival from due)
        returning *),
      entry as (
        select t.arrival, 0::bigint as place, 0 as seq, t.person_id, t.event_id, t.type, t.province,
          t.left_province, t.recorded_at
        from taken t where t.persons is null
        union all
        select t.arrival, b.place, e.seq, e.person_id, e.event_id, e.type, b.province, null,
          e.recorded_at
        from taken t,
          unnest(t.persons, t.firsts, t.lasts, t.provinces) with ordinality
            as b (person_id, first, last, province, place),
          lateral (select * from person_event p where p.person_id = b.person_id
            and p.seq between b.first and b.last) e
        where t.persons is not null),
      put as (
        insert into change_entry (position, person_id, event_id, type, province, left_province,
          recorded_at, appended_at)
        select f.position + row_number() over (order by arrival, place, seq), person_id, event_id,
          type, province, left_province, recorded_at, ?
        from entry, (select position from change_feed where id = 1) f
        returning 1)
      update change_feed set position = position + (select count(*) from put)
      where id = 1
      returning (select count(*) from taken), (select count(*) from put)
      """;

  private final DataSource database;
  private final Clock clock;

  /** A sequencer of the feed in a database. */
  public Sequencer(DataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Holds all passes back until the transaction ends: whoever fills an empty register has the
   * processor for it, and the feed follows.
   */
  public static void holdBack(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute(HOLD_BACK);
    }
  }

  /**
   * Gives positions to what is committed now, unless somebody else is at it.
   *
   * @return whether there may be more
   */
  public boolean pass() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean moved = isLocked(connection) && pass(connection);
        connection.commit(); // and with it the lock goes
        return moved;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Sees what was committed before the lock was had: the lock is taken by a statement before. */
  private boolean pass(Connection transaction) throws SQLException {
    try (PreparedStatement pass = transaction.prepareStatement(PASS)) {
      pass.setInt(1, ARRIVALS_A_PASS);
      pass.setInt(2, ENTRIES_A_PASS);
      pass.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
      try (ResultSet row = pass.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }

  private static boolean isLocked(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement();
        ResultSet row = statement.executeQuery(LOCKED)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
