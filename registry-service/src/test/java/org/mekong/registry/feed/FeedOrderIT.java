package org.mekong.registry.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/**
 * Writers whose transactions end in any order, some of them by a rollback, and readers who follow
 * by cursor all the while: everybody sees the same entries in the same order, each once, and all
 * that was committed.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class FeedOrderIT {

  private static final String BIRTH = "1985-05-05";
  private static final String TODAY = LocalDate.now().toString();
  private static final int WRITERS = 6;
  private static final int EVENTS = 40;
  private static final int READERS = 3;

  TestSetting setting;
  @Inject EventRegistrar events;
  @Inject DataSource pool;
  @Inject FeedReader reader;
  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger rolledBack = new AtomicInteger();

  @Test
  void readersSeeEveryCommittedChangeOnceAndInOneOrder() throws Exception {
    List<UUID> shared = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      shared.add(new Book(pool, events).person("1990-01-0" + (i + 1), Sex.FEMALE).personId());
    }
    FeedEntry.Place start = quiet();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS)) {
      List<Future<List<FeedEntry>>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int limit = 1 + 40 * i;
        readers.add(threads.submit(() -> follow(start, limit, done)));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int seed = i;
        writers.add(
            threads.submit(
                () -> {
                  write(shared, new Random(seed));
                  return null;
                }));
      }
      try {
        for (Future<?> writer : writers) {
          writer.get(5, TimeUnit.MINUTES);
        }
      } finally {
        done.set(true);
      }
      List<List<FeedEntry>> seen = new ArrayList<>();
      for (Future<List<FeedEntry>> one : readers) {
        seen.add(one.get(1, TimeUnit.MINUTES));
      }
      assertEquals(seen.get(0), seen.get(1));
      assertEquals(seen.get(0), seen.get(2));
      assertIsEverything(seen.get(0));
      assertTrue(committed.size() > 100, "and many were not: " + committed.size());
      assertTrue(rolledBack.get() > 10, "some were rolled back: " + rolledBack);
    }
  }

  private void write(List<UUID> shared, Random random) throws Exception {
    DataSource database = EmbeddedDatabase.shared().dataSource(setting.database());
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      for (int i = 0; i < EVENTS; i++) {
        boolean moves = random.nextInt(3) > 0;
        VitalEvent event =
            moves
                ? Book.move(shared.get(random.nextInt(shared.size())), i % 2 == 0 ? "01" : "44")
                : new VitalEvent.FirstRegistration(
                    Book.particulars(BIRTH, Sex.MALE, "Bình", "44", null), List.of());
        Registration registration;
        try {
          registration = events.register(transaction, event, when(moves ? TODAY : BIRTH));
        } catch (SQLException | HttpProblem deadlockOrRefusal) {
          transaction.rollback();
          continue;
        }
        Thread.sleep(random.nextInt(25)); // others draw numbers and commit meanwhile
        if (random.nextInt(5) == 0) {
          transaction.rollback();
          rolledBack.incrementAndGet();
        } else {
          transaction.commit();
          registration
              .persons()
              .forEach(
                  person -> committed.add(person.personId().toString() + registration.eventId()));
        }
      }
    }
  }

  private List<FeedEntry> follow(FeedEntry.Place start, int limit, AtomicBoolean done)
      throws Exception {
    List<FeedEntry> seen = new ArrayList<>();
    FeedEntry.Place at = start;
    long quietSince = System.nanoTime();
    while (!done.get() || System.nanoTime() - quietSince < TimeUnit.SECONDS.toNanos(3)) {
      FeedReader.Slice slice = reader.read(at, FeedFilter.ALL, limit);
      if (!(slice instanceof FeedReader.Slice.Entries found)) {
        throw new AssertionError("The feed lost its place: " + slice);
      }
      seen.addAll(found.entries());
      at = found.next();
      if (!found.entries().isEmpty()) {
        quietSince = System.nanoTime();
      } else {
        Thread.sleep(5);
      }
    }
    return seen;
  }

  private void assertIsEverything(List<FeedEntry> seen) throws SQLException {
    Map<String, Integer> seqs = new HashMap<>();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select person_id, event_id, seq from person_event")) {
      while (row.next()) {
        seqs.put(row.getString(1) + row.getString(2), row.getInt(3));
      }
    }
    Set<String> told = new HashSet<>();
    Map<UUID, Integer> last = new HashMap<>();
    long position = 0;
    for (FeedEntry entry : seen) {
      String key = entry.personId().toString() + entry.eventId();
      assertTrue(seqs.containsKey(key), "nothing that was rolled back");
      assertTrue(told.add(key), "nothing twice");
      assertTrue(entry.position() > position, "in order");
      position = entry.position();
      Integer seq = seqs.get(key);
      Integer before = last.put(entry.personId(), seq);
      assertTrue(before == null || before < seq, "the order of one person's life");
    }
    assertEquals(committed, told);
  }

  /** The place behind all that was done before this test. */
  private FeedEntry.Place quiet() throws Exception {
    for (int i = 0; i < 400; i++) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select count(*) from change_arrival")) {
        row.next();
        if (row.getLong(1) == 0) {
          return reader.latest();
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The feed does not catch up");
  }

  private static Circumstances when(String day) {
    return new Circumstances(
        PartialDate.parse(day).orElseThrow(),
        LocalDate.now(),
        null,
        "office",
        "registrar",
        new Circumstances.LegalDocument("declaration", "1", null, null));
  }
}
