package org.mekong.gateway.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;

/** What comes together is committed together, and nobody fails for another. */
class SharedTransactionsTest {

  private static final DataSource DATABASE =
      EmbeddedDatabase.shared().dataSource("shared_transactions");

  private final Transactions transactions = new Transactions(DATABASE);
  private final List<Integer> companies = new ArrayList<>();
  private final CountDownLatch firstIsIn = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @BeforeEach
  void emptyTable() throws SQLException {
    execute("DROP TABLE IF EXISTS guest");
    execute("CREATE TABLE guest (name text PRIMARY KEY CHECK (name <> 'unwelcome'))");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Set<String> guests() throws SQLException {
    Set<String> guests = new HashSet<>();
    try (Connection connection = DATABASE.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name FROM guest")) {
      while (row.next()) {
        guests.add(row.getString(1));
      }
    }
    return guests;
  }

  private List<String> let(Connection connection, List<String> names) throws SQLException {
    companies.add(names.size());
    if (names.contains("first")) {
      firstIsIn.countDown();
      await(goOn);
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO guest SELECT unnest(?::text[])")) {
      insert.setArray(1, connection.createArrayOf("text", names.toArray()));
      insert.executeUpdate();
    }
    return names.stream().map(name -> name + " is in").toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first one goes alone; the others come while it is at work. */
  private List<Future<String>> together(String... others) throws Exception {
    var shared =
        new SharedTransactions<String, String>(
            items -> transactions.in(connection -> let(connection, items)));
    List<Future<String>> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes.add(threads.submit(() -> shared.in("first")));
      firstIsIn.await();
      CountDownLatch started = new CountDownLatch(others.length);
      for (String other : others) {
        Callable<String> call =
            () -> {
              started.countDown();
              return shared.in(other);
            };
        outcomes.add(threads.submit(call));
      }
      started.await();
      Thread.sleep(100); // until they wait
      goOn.countDown();
    }
    return outcomes;
  }

  @Test
  void whoComesWhileOneIsAtWorkIsServedWithTheOthers() throws Exception {
    List<Future<String>> outcomes = together("a", "b", "c");

    assertEquals("first is in", outcomes.get(0).get());
    assertEquals("b is in", outcomes.get(2).get());
    assertEquals(List.of(1, 3), companies);
    assertEquals(Set.of("first", "a", "b", "c"), guests());
  }

  @Test
  void nobodyFailsForAnother() throws Exception {
    List<Future<String>> outcomes = together("a", "unwelcome", "c");

    assertEquals("a is in", outcomes.get(1).get());
    assertEquals("c is in", outcomes.get(3).get());
    var refused = assertThrows(ExecutionException.class, () -> outcomes.get(2).get());
    assertTrue(refused.getCause() instanceof SQLException);
    assertEquals(Set.of("first", "a", "c"), guests());
  }

  @Test
  void whatMayBeCommittedIsNotDoneAgain() throws Exception {
    CountDownLatch alone = new CountDownLatch(1);
    List<Integer> done = new ArrayList<>();
    var shared =
        new SharedTransactions<String, String>(
            names -> {
              synchronized (done) {
                done.add(names.size());
              }
              if (names.contains("first")) {
                await(alone);
                return names;
              }
              throw new SQLException("the connection broke", "08006");
            });
    List<Future<String>> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes.add(threads.submit(() -> shared.in("first")));
      while (done.isEmpty()) {
        Thread.sleep(5);
      }
      outcomes.add(threads.submit(() -> shared.in("a")));
      outcomes.add(threads.submit(() -> shared.in("b")));
      Thread.sleep(200); // until they wait
      alone.countDown();
    }
    for (Future<String> each : outcomes.subList(1, 3)) {
      var refused = assertThrows(ExecutionException.class, each::get);
      assertTrue(refused.getCause() instanceof SQLException);
    }
    assertEquals(List.of(1, 2), done);
  }

  @Test
  void aFaultOfTheWorkIsItsCallersAndTheNextOneGoesOn() throws Exception {
    var shared =
        new SharedTransactions<String, String>(
            names -> {
              if (names.contains("fault")) {
                throw new IllegalStateException("fault");
              }
              return names;
            });

    assertThrows(IllegalStateException.class, () -> shared.in("fault"));
    assertEquals("next", shared.in("next"));
  }
}
