package org.mekong.registry.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.registry.feed.append.Sequencer;

/**
 * Looks for changes on behalf of everybody in this replica: lets them be sequenced, and wakes who
 * waits for them. One short query a round, however many wait, and no connection that has to stay
 * the same: it works through a pooler that gives out connections by the transaction.
 */
@Singleton
public class FeedWatch {

  private static final Logger LOG = Logger.getLogger(FeedWatch.class);
  private static final String LOOK =
      "select position, exists (select from change_arrival) from change_feed where id = 1";

  private final DataSource database;
  private final Sequencer sequencer;
  private final FeedConfig config;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("change-feed").daemon().factory());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile long position;
  private volatile boolean ended;
  private boolean failing;

  /** Of the feed in a database. */
  public FeedWatch(DataSource database, FeedConfig config, Clock clock) {
    this.database = database;
    this.sequencer = new Sequencer(database, clock);
    this.config = config;
  }

  /** Begins to look. */
  public void start(@Observes StartupEvent event) {
    long every = config.poll().toMillis();
    rounds.scheduleWithFixedDelay(this::roundLogged, 0, every, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    ended = true;
    rounds.shutdownNow();
    wake();
  }

  /** The position of the last entry, as of the last look. */
  public long position() {
    return position;
  }

  /** Whether the service is stopping. */
  public boolean isEnded() {
    return ended;
  }

  /** Waits until there is an entry behind a position, or the time is over, or the service stops. */
  public void await(long behind, Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (!ended && position <= behind && left > 0) {
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void roundLogged() {
    try {
      while (look() && !ended) {
        if (!sequencer.pass()) {
          break;
        }
      }
      look();
      failing = false;
    } catch (SQLException | RuntimeException e) {
      if (!failing && !ended) {
        LOG.errorf(e, "The change feed stands still; it is tried again every %s", config.poll());
      }
      failing = true;
    }
  }

  /** Looks where the feed stands; whether something waits for its position. */
  private boolean look() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(LOOK);
        ResultSet row = select.executeQuery()) {
      row.next();
      long found = row.getLong(1);
      if (found != position) {
        position = found;
        wake();
      }
      return row.getBoolean(2);
    }
  }

  private void wake() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
