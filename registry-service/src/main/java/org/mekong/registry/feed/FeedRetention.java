package org.mekong.registry.feed;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** Removes the oldest entries when their time is over, some thousands at a time. */
@Singleton
public class FeedRetention {

  private static final int BATCH = 10_000;
  private static final String FORGET =
      """
      with old as (
        delete from change_entry where position in (
          select position from (
            select position, appended_at from change_entry order by position limit ?) first
          where appended_at < ?)
        returning position)
      update change_feed set first = greatest(first, (select max(position) + 1 from old))
      where id = 1 and exists (select from old)
      returning (select count(*) from old)
      """;

  private final DataSource database;
  private final FeedConfig config;
  private final Clock clock;

  FeedRetention(DataSource database, FeedConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "60s",
      delayed = "30s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    OffsetDateTime horizon = clock.instant().atOffset(ZoneOffset.UTC).minus(config.retention());
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      int forgotten = BATCH;
      while (forgotten == BATCH) {
        delete.setInt(1, BATCH);
        delete.setObject(2, horizon);
        try (ResultSet row = delete.executeQuery()) {
          forgotten = row.next() ? row.getInt(1) : 0;
        }
      }
    }
  }
}
