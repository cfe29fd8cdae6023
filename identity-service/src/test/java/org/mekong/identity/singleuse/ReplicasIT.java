package org.mekong.identity.singleuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.authorization.Codes;
import org.mekong.identity.authorization.Redemption;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUse;

/** What may be used once is used once, by however many replicas, each with its own connections. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class ReplicasIT {
  private static final int EACH = 8;
  private static final int ROUNDS = 10;

  @Inject TestPerson people;
  @Inject Codes codes;

  private AgroalDataSource one;
  private AgroalDataSource other;

  @BeforeEach
  void open() throws Exception {
    one = pool();
    other = pool();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  /** A use that succeeds at most once. */
  private interface Attempt {
    boolean by(DataSource pool) throws Exception;
  }

  @TestFactory
  List<DynamicTest> ofSimultaneousUsesByTwoReplicasOneSucceeds() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String kind : List.of("assertion", "dpop", "dpop-nonce", "request-uri", "code")) {
      tests.add(
          DynamicTest.dynamicTest(
              kind,
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  SingleUse use = new SingleUse(kind, "owner", UUID.randomUUID().toString());
                  assertEquals(1, successes(pool -> spends(pool, use)));
                }
              }));
    }
    return tests;
  }

  @Test
  void useInATransactionOfOneReplicaHoldsTheOtherUntilItIsDecided() throws Exception {
    for (boolean commits : List.of(true, false)) {
      SingleUse use = new SingleUse("assertion", "owner", UUID.randomUUID().toString());
      try (Connection first = one.getConnection();
          ExecutorService second = Executors.newSingleThreadExecutor()) {
        first.setAutoCommit(false);
        PostgresSingleUseStore.spend(first, use, Instant.now().plusSeconds(60));
        Future<Boolean> outcome = second.submit(() -> spends(other, use));
        if (commits) {
          first.commit();
        } else {
          first.rollback();
        }
        assertEquals(!commits, outcome.get());
      }
    }
  }

  @Test
  void codeIsRedeemedByOneReplicaAndTheOthersKnowWhatToRevoke() throws Exception {
    TestSystem system = TestSystem.application(Map.of());
    for (int round = 0; round < ROUNDS; round++) {
      String code = people.code(system);
      assertEquals(1, successes(pool -> redeems(pool, code, system.clientId())));
    }
  }

  @Test
  void usedUpThingsAreForgottenWhenTheyAreWorthlessAndByNobodyTwice() throws Exception {
    Instant past = Instant.parse("2019-01-01T00:00:00Z");
    List<SingleUse> old = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      old.add(new SingleUse("old", "owner", UUID.randomUUID().toString()));
      new PostgresSingleUseStore(one).spend(old.getLast(), past);
    }
    int forgotten = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> sweeps = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        DataSource pool = i % 2 == 0 ? one : other;
        sweeps.add(
            threads.submit(
                () -> new PostgresSingleUseStore(pool).forget(past.plusSeconds(1), 100)));
      }
      for (Future<Integer> sweep : sweeps) {
        forgotten += sweep.get();
      }
    }
    assertTrue(forgotten <= 50, "each once; the service itself may have been faster");
    for (SingleUse use : old) {
      assertTrue(spends(other, use), "forgotten");
    }
  }

  private boolean redeems(DataSource pool, String code, String client) throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      Redemption redemption = codes.redeem(connection, code, client);
      connection.commit();
      return switch (redemption) {
        case Redemption.Redeemed redeemed -> true;
        case Redemption.Reused reused -> false;
        case Redemption.Unknown unknown -> throw new AssertionError("it was known");
      };
    }
  }

  private static boolean spends(DataSource pool, SingleUse use) {
    try {
      new PostgresSingleUseStore(pool).spend(use, Clock.systemUTC().instant().plusSeconds(60));
      return true;
    } catch (AlreadyUsed used) {
      return false;
    }
  }

  private int successes(Attempt attempt) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2 * EACH)) {
      List<Future<Boolean>> outcomes = new ArrayList<>();
      for (int i = 0; i < 2 * EACH; i++) {
        DataSource pool = i % 2 == 0 ? one : other;
        outcomes.add(
            threads.submit(
                () -> {
                  start.await();
                  return attempt.by(pool);
                }));
      }
      start.countDown();
      int successes = 0;
      for (Future<Boolean> outcome : outcomes) {
        successes += outcome.get() ? 1 : 0;
      }
      return successes;
    }
  }

  private static AgroalDataSource pool() throws Exception {
    EmbeddedDatabase database = EmbeddedDatabase.shared();
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(EACH)
                        .acquisitionTimeout(Duration.ofSeconds(20))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .connectionProviderClassName("org.postgresql.Driver")
                                    .jdbcUrl(database.jdbcUrl("identity"))
                                    .principal(new NamePrincipal(database.user()))
                                    .credential(new SimplePassword(database.password())))));
  }
}
