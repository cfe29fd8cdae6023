package org.mekong.resourceserver.singleuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;

class PostgresSingleUseStoreIT {
  private static final Instant UNTIL = Instant.parse("2026-11-21T09:31:00Z");
  private static DataSource database;

  private final PostgresSingleUseStore store = new PostgresSingleUseStore(database);

  @BeforeAll
  static void migrate() throws Exception {
    database = EmbeddedDatabase.shared().dataSource("single_use");
    String migration = "/db/resource-server/V0_2__create_single_use.sql";
    try (var file = PostgresSingleUseStore.class.getResourceAsStream(migration);
        Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS single_use");
      statement.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void ofManySimultaneousAttemptsExactlyOneSucceeds() throws Exception {
    for (int round = 0; round < 20; round++) {
      SingleUse use = new SingleUse("dpop", "key", "round-" + round);

      assertEquals(1, successes(8, () -> spends(use)));
    }
  }

  @Test
  void kindOwnerAndIdentifierAreKeptApart() throws Exception {
    store.spend(new SingleUse("a", "b", "c"), UNTIL);
    store.spend(new SingleUse("a", "bc", ""), UNTIL);
    store.spend(new SingleUse("ab", "", "c"), UNTIL);

    assertThrows(AlreadyUsed.class, () -> store.spend(new SingleUse("a", "b", "c"), UNTIL));
  }

  @Test
  void useInATransactionThatIsRolledBackDidNotHappen() throws Exception {
    SingleUse use = new SingleUse("assertion", "client", "rolled-back");
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      PostgresSingleUseStore.spend(connection, use, UNTIL);
      connection.rollback();
    }

    assertTrue(spends(use));
    assertFalse(spends(use));
  }

  @Test
  void ofSeveralUsedTogetherTheOldAndTheDoubledAreNamed() throws Exception {
    FreshProof old = new FreshProof(new SingleUse("dpop", "key", "old"), UNTIL);
    FreshProof fresh = new FreshProof(new SingleUse("dpop", "key", "fresh"), UNTIL);
    FreshProof twice = new FreshProof(new SingleUse("dpop", "key", "twice"), UNTIL);
    FreshProof again = new FreshProof(new SingleUse("dpop", "key", "twice"), UNTIL);
    store.spend(old.use(), UNTIL);
    try (Connection connection = database.getConnection()) {
      Set<FreshProof> refused =
          PostgresSingleUseStore.spendEach(connection, List.of(old, fresh, twice, again));

      assertEquals(2, refused.size());
      assertTrue(refused.contains(old));
      assertTrue(refused.contains(twice) ^ refused.contains(again));
      assertEquals(Set.of(), PostgresSingleUseStore.spendEach(connection, List.of()));
    }
    assertFalse(spends(fresh.use()));
    assertFalse(spends(twice.use()));
  }

  @Test
  void transactionsThatUseTheSameInAnotherOrderDoNotWaitForEachOther() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<FreshProof> proofs = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        SingleUse use = new SingleUse("dpop", "key", "batch-" + round + "-" + i);
        proofs.add(new FreshProof(use, UNTIL));
      }
      AtomicInteger refused = new AtomicInteger();
      successes(
          4,
          () -> {
            List<FreshProof> shuffled = new ArrayList<>(proofs);
            Collections.shuffle(shuffled);
            try (Connection connection = database.getConnection()) {
              refused.addAndGet(PostgresSingleUseStore.spendEach(connection, shuffled).size());
            }
            return true;
          });

      assertEquals(120, refused.get());
    }
  }

  @Test
  void attemptDuringAnothersTransactionWaitsForItsOutcome() throws Exception {
    SingleUse use = new SingleUse("assertion", "client", "waiting");
    try (Connection connection = database.getConnection();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      connection.setAutoCommit(false);
      PostgresSingleUseStore.spend(connection, use, UNTIL);
      Future<Boolean> second = other.submit(() -> spends(use));
      connection.commit();

      assertFalse(second.get());
    }
  }

  @Test
  void forgetsWhatIsWorthlessAndNothingElse() throws Exception {
    SingleUse old = new SingleUse("dpop", "forget", "old");
    SingleUse fresh = new SingleUse("dpop", "forget", "fresh");
    Instant now = Instant.parse("2020-01-01T00:00:00Z");
    store.spend(old, now.minusSeconds(1));
    store.spend(fresh, now.plusSeconds(1));

    assertEquals(1, store.forget(now, 100));
    assertTrue(spends(old));
    assertFalse(spends(fresh));
  }

  @Test
  void neitherIdentifierNorOwnerIsStored() throws Exception {
    store.spend(new SingleUse("dpop", "owner-secret", "jti-secret"), UNTIL);

    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT single_use::text FROM single_use")) {
      while (rows.next()) {
        assertFalse(rows.getString(1).contains("secret"));
      }
    }
    assertFalse(new SingleUse("dpop", "owner", "jti-secret").toString().contains("secret"));
  }

  private boolean spends(SingleUse use) {
    try {
      store.spend(use, UNTIL);
      return true;
    } catch (AlreadyUsed used) {
      return false;
    }
  }

  private static long successes(int attempts, Callable<Boolean> attempt) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(attempts)) {
      List<Future<Boolean>> outcomes =
          Stream.generate(
                  () ->
                      threads.submit(
                          () -> {
                            start.await();
                            return attempt.call();
                          }))
              .limit(attempts)
              .toList();
      start.countDown();
      long successes = 0;
      for (Future<Boolean> outcome : outcomes) {
        successes += outcome.get() ? 1 : 0;
      }
      return successes;
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsNotTakenForAReplay() {
    DataSource down = EmbeddedDatabase.shared().dataSource("single_use_without_table");

    StoreUnavailable unavailable =
        assertThrows(
            StoreUnavailable.class,
            () ->
                new PostgresSingleUseStore(down).spend(new SingleUse("dpop", "key", "jti"), UNTIL));
    assertTrue(unavailable.getCause() instanceof SQLException);
  }
}
