package org.mekong.registry.statistics.count;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.transaction.Transaction;

/**
 * Counts from the register itself, as it stands for one transaction: reads every life once, and
 * keeps what it has counted in a table, never all of it in memory.
 */
public final class Recount {

  private static final int FETCHED = 2_000;
  private static final int TOGETHER = 1_000;
  private static final String LIVES =
      "select person_id, seq, event_id, type, role, occurred_on, recorded_at, supersedes, changes"
          + " from person_event order by person_id, seq";
  private static final String COUNTED =
      "create temporary table statistics_recount (kind smallint, month integer, province text,"
          + " other text, sex smallint, detail integer, amount bigint) on commit drop";
  private static final String DIFFERENCES =
      "with both_of_them as (select "
          + Counters.KEY
          + ", amount as kept, 0 as counted"
          + " from statistics_count union all select "
          + Counters.KEY
          + ", amount, 0"
          + " from statistics_delta union all select "
          + Counters.KEY
          + ", 0, amount"
          + " from statistics_recount), figures as (select sum(kept) as kept,"
          + " sum(counted) as counted from both_of_them group by "
          + Counters.KEY
          + ")"
          + " select count(*) filter (where counted <> 0), count(*) filter (where kept <> counted)"
          + " from figures";

  private final Connection transaction;
  private final NationProfile profile;
  private final String into;
  private long persons;

  private Recount(Connection transaction, NationProfile profile, String into) {
    this.transaction = transaction;
    this.profile = profile;
    this.into = into;
  }

  /**
   * What a comparison found.
   *
   * @param persons lives that were read
   * @param figures figures counted that are not zero
   * @param differences figures that are kept with another amount, or not at all
   */
  public record Comparison(long persons, long figures, long differences) {}

  /** Compares, as the register stands now, with figures and lives of one moment. */
  public static Comparison compare(DataSource database, NationProfile profile) throws SQLException {
    return Transaction.tried(
        database,
        transaction -> {
          try (Statement statement = transaction.createStatement()) {
            statement.execute("set transaction isolation level repeatable read");
            statement.execute(COUNTED);
            Recount recount = new Recount(transaction, profile, "statistics_recount");
            recount.count();
            try (ResultSet row = statement.executeQuery(DIFFERENCES)) {
              row.next();
              return new Comparison(recount.persons, row.getLong(1), row.getLong(2));
            }
          }
        });
  }

  /** Puts what is counted in the place of all figures; whoever changes a person waits. */
  static long replace(Connection transaction, NationProfile profile) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("delete from statistics_delta");
      statement.execute("delete from statistics_count");
    }
    Recount recount = new Recount(transaction, profile, "statistics_delta");
    recount.count();
    return recount.persons;
  }

  private void count() throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(LIVES)) {
      select.setFetchSize(FETCHED);
      Parts parts = new Parts(profile);
      UUID person = null;
      List<Timeline.Entry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          UUID next = row.getObject("person_id", UUID.class);
          if (person != null && !next.equals(person)) {
            parts.add(person, Timeline.asFarAsItHolds(entries), 1);
            entries.clear();
            persons++;
            if (persons % TOGETHER == 0) {
              write(parts);
              parts = new Parts(profile);
            }
          }
          person = next;
          entries.add(Timelines.entry(row));
        }
      }
      if (person != null) {
        parts.add(person, Timeline.asFarAsItHolds(entries), 1);
        persons++;
      }
      write(parts);
    }
  }

  private void write(Parts parts) throws SQLException {
    Figures figures = new Figures();
    figures.add(transaction, parts);
    Map<Key, Long> amounts = figures.amounts();
    Counters.add(transaction, into, amounts);
  }
}
