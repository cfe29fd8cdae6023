package org.mekong.registry.population.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.mekong.registry.population.village.Settlement;
import org.mekong.registry.population.village.Village;

/**
 * Makes and loads villages, as many at a time as there are processors, up to half of what the
 * service's pool of connections holds. Only those villages are in memory.
 */
final class VillageLoaders {

  private static final int MOST = 4;

  private final DataSource database;
  private final Clock clock;
  private final Settlement settlement;
  private final UUID job;
  private final LoadProgress start;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong persons = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final LongAdder entries = new LongAdder();
  private final LongAdder making = new LongAdder();
  private final LongAdder writing = new LongAdder();
  private final LongAdder copying = new LongAdder();

  VillageLoaders(
      DataSource database, Clock clock, Settlement settlement, UUID job, LoadProgress start) {
    this.database = database;
    this.clock = clock;
    this.settlement = settlement;
    this.job = job;
    this.start = start;
  }

  void load(BitSet present, Consumer<LoadProgress> progress) throws SQLException {
    int threads =
        Math.max(
            1,
            Math.min(
                Math.min(MOST, Runtime.getRuntime().availableProcessors()),
                settlement.villages() - present.cardinality()));
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("population-", 1).daemon().factory())) {
      List<Future<?>> works = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        works.add(
            workers.submit(
                () -> {
                  work(present, progress);
                  return null;
                }));
      }
      await(works);
    }
  }

  LoadReport report(Duration elapsed, Duration finishing) {
    return new LoadReport(
        persons.get(),
        events.get(),
        entries.sum(),
        elapsed,
        Duration.ofNanos(making.sum()),
        Duration.ofNanos(writing.sum()),
        Duration.ofNanos(copying.sum()),
        finishing);
  }

  private static void await(List<Future<?>> works) throws SQLException {
    for (Future<?> work : works) {
      try {
        work.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof SQLException failure) {
          throw failure;
        }
        throw new IllegalStateException("A village could not be made", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while loading", e);
      }
    }
  }

  private void work(BitSet present, Consumer<LoadProgress> progress) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      VillageRows rows = new VillageRows(connection, settlement.profile());
      for (int village = next.getAndIncrement();
          village < settlement.villages() && !stopped.get();
          village = next.getAndIncrement()) {
        if (!present.get(village)) {
          load(connection, rows, village);
          progress.accept(
              new LoadProgress(
                  start.persons() + persons.get(),
                  start.events() + events.get(),
                  start.total(),
                  start.since(),
                  start.before()));
        }
      }
    } catch (SQLException | RuntimeException | Error e) {
      stopped.set(true);
      throw e;
    }
  }

  private void load(Connection connection, VillageRows rows, int number) throws SQLException {
    long began = System.nanoTime();
    Village village = settlement.village(number);
    long made = System.nanoTime();
    rows.add(village);
    long written = System.nanoTime();
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local synchronous_commit = off");
      }
      rows.send(connection);
      LoadTable.loaded(
          connection,
          job,
          number,
          village.lives().size(),
          village.events().size(),
          clock.instant());
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
    persons.addAndGet(village.lives().size());
    events.addAndGet(village.events().size());
    entries.add(village.lives().stream().mapToLong(life -> life.entries().size()).sum());
    making.add(made - began);
    writing.add(written - made);
    copying.add(System.nanoTime() - written);
  }
}
