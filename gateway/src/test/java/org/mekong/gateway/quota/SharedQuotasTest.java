package org.mekong.gateway.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.access.ClientQuota;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.testing.EmbeddedDatabase;

/** Replicas that share a database never give more than allowed, whatever becomes of one of them. */
class SharedQuotasTest {

  private static final DataSource DATABASE = EmbeddedDatabase.shared().dataSource("shared_quotas");
  private static final int PLENTY = 1_000_000;

  private final SetClock clock = new SetClock();
  private Asker asker = Asker.of("VN", "nobody");

  /** A clock that stands until it is set. */
  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-21T23:59:58Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private record Given(long before, long after) {}

  @BeforeAll
  static void migrate() {
    Flyway.configure().dataSource(DATABASE).locations("db/migration").load().migrate();
  }

  @BeforeEach
  void newAgency() {
    asker = Asker.of("VN", "agency-" + UUID.randomUUID());
  }

  private Quotas replica() {
    return new Quotas(new Transactions(DATABASE), clock, new SimpleMeterRegistry());
  }

  private static Decision.Allowed terms(int daily, int rate) {
    return new Decision.Allowed(
        "vn-la/1/marriage",
        new AgreementReference("vn-la", 1),
        Map.of(),
        Set.of("alive"),
        Duration.ZERO,
        Period.ofDays(1),
        daily,
        rate);
  }

  private boolean takes(Quotas replica, Decision.Allowed terms) throws SQLException {
    return replica.take(asker, purpose(), "LA", terms) instanceof Taking.Given;
  }

  /** The rate is the nation's for a purpose: so each test has a purpose of its own. */
  private String purpose() {
    return asker.agency();
  }

  /** Takes from several replicas at once, as long as wanted; returns when each was given. */
  private List<Given> rush(List<Quotas> replicas, Decision.Allowed terms, BooleanSupplier goOn)
      throws Exception {
    var given = new ConcurrentLinkedQueue<Given>();
    var calls = new ArrayList<Callable<Void>>();
    for (int i = 0; i < 12; i++) {
      Quotas replica = replicas.get(i % replicas.size());
      calls.add(
          () -> {
            while (goOn.getAsBoolean()) {
              long before = System.nanoTime();
              if (takes(replica, terms)) {
                given.add(new Given(before, System.nanoTime()));
              } else if (terms.ratePerSecond() == PLENTY) {
                break; // the day's are used up
              } else {
                Thread.sleep(5);
              }
            }
            return null;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> each : threads.invokeAll(calls)) {
        each.get();
      }
    }
    return List.copyOf(given);
  }

  private static BooleanSupplier during(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> System.nanoTime() < end;
  }

  @Test
  void replicasAtOnceGiveTheWholeDayAndNoMore() throws Exception {
    List<Quotas> replicas = List.of(replica(), replica(), replica());

    List<Given> given = rush(replicas, terms(200, PLENTY), () -> true);
    replicas.forEach(Quotas::close);

    assertEquals(200, given.size());
  }

  @Test
  void inNoSecondIsMoreGivenThanTheRate() throws Exception {
    int rate = 40;
    List<Quotas> replicas = List.of(replica(), replica(), replica());

    List<Given> given = rush(replicas, terms(PLENTY, rate), during(Duration.ofMillis(2_600)));

    for (Given first : given) {
      long end = first.before() + Duration.ofSeconds(1).toNanos();
      long within =
          given.stream().filter(g -> g.before() >= first.before() && g.after() < end).count();
      assertTrue(within <= rate, within + " in a second");
    }
    assertTrue(given.size() >= rate * 2, given.size() + " in all: the rate was not used");
  }

  @Test
  void whoWaitedWhileALeaseWasLongOnItsWayIsServedAllTheSame() throws Exception {
    Quotas replica = replica();
    assertTrue(takes(replica, terms(PLENTY, 50)));
    List<Future<Boolean>> outcomes = new ArrayList<>();
    try (Connection slow = DATABASE.getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      slow.setAutoCommit(false);
      try (PreparedStatement hold =
          slow.prepareStatement("SELECT FROM quota_rate WHERE bucket LIKE ? FOR UPDATE")) {
        hold.setString(1, "%" + asker.agency());
        hold.executeQuery();
      }
      for (int i = 0; i < 8; i++) {
        outcomes.add(threads.submit(() -> takes(replica, terms(PLENTY, 50))));
      }
      Thread.sleep(350); // more than three tenths
      slow.rollback();
    }

    for (Future<Boolean> outcome : outcomes) {
      assertTrue(outcome.get());
    }
  }

  @Test
  void whatAKilledReplicaHeldIsNotGivenAgain() throws Exception {
    Quotas killed = replica();
    Quotas left = replica();
    for (int i = 0; i < 4; i++) {
      assertTrue(takes(killed, terms(192, PLENTY)));
    }

    List<Given> given = rush(List.of(left), terms(192, PLENTY), () -> true);

    assertEquals(192 - 5, given.size()); // it had leased three and then two, and used four
  }

  @Test
  void whatAReplicaHeldWhenItStoppedIsGivenByAnother() throws Exception {
    Quotas stopped = replica();
    assertTrue(takes(stopped, terms(192, PLENTY)));
    stopped.close();

    List<Given> given = rush(List.of(replica()), terms(192, PLENTY), () -> true);

    assertEquals(192 - 1, given.size());
  }

  @Test
  void theDayTurnsAtMidnight() throws Exception {
    Quotas replica = replica();
    Decision.Allowed two = terms(2, PLENTY);
    assertTrue(takes(replica, two));
    assertTrue(takes(replica, two));
    Taking third = replica.take(asker, purpose(), "LA", two);

    var exhausted = assertInstanceOf(Taking.Exhausted.class, third);
    assertEquals("vn-la/1/marriage/daily-quota", exhausted.refusal().rule());
    assertEquals(429, exhausted.refusal().status());
    assertEquals(2, exhausted.retryAfter()); // midnight is two seconds away
    clock.now = Instant.parse("2026-11-22T00:00:00Z");
    assertTrue(takes(replica, two));
  }

  @Test
  void aLeaseOfTheDayBeforeIsNotUsedAfterMidnight() throws Exception {
    Quotas replica = replica();
    assertTrue(takes(replica, terms(128, PLENTY))); // holds one more of this day
    clock.now = Instant.parse("2026-11-22T00:00:00Z");

    List<Given> given = rush(List.of(replica), terms(128, PLENTY), () -> true);

    assertEquals(128, given.size());
  }

  @Test
  void aLowerLimitHoldsAtOnce() throws Exception {
    Quotas replica = replica();
    for (int i = 0; i < 4; i++) {
      assertTrue(takes(replica, terms(192, PLENTY))); // leases three, then two
    }

    assertTrue(!takes(replica, terms(4, PLENTY)));
  }

  @Test
  void theClientsOwnQuotaWinsWhereItIsStricterAndTakesNothingFromTheOthers() throws Exception {
    Quotas replica = replica();
    var bounded =
        new Asker("VN", asker.agency(), "client-" + asker.agency(), new ClientQuota(null, 1));
    assertInstanceOf(Taking.Given.class, replica.take(bounded, purpose(), "LA", terms(2, PLENTY)));
    for (int i = 0; i < 5; i++) {
      Taking again = replica.take(bounded, purpose(), "LA", terms(2, PLENTY));
      assertEquals(
          "client/daily-quota", assertInstanceOf(Taking.Exhausted.class, again).refusal().rule());
    }

    assertTrue(takes(replica, terms(2, PLENTY)));
    assertTrue(!takes(replica, terms(2, PLENTY)));
  }

  @Test
  void ofAFloodTenAreLoggedAndAllAreCounted() throws Exception {
    Quotas replica = replica();
    int toLog = 0;
    for (int i = 0; i < 1_000; i++) {
      Taking taking = replica.take(asker, purpose(), "LA", terms(0, PLENTY));
      toLog += ((Taking.Exhausted) taking).toLog() ? 1 : 0;
    }
    replica.close();

    assertEquals(10, toLog);
    assertEquals(1_000, refused());
  }

  @Test
  void whenTheDatabasesClockWentBackTheWindowCountsAsUsedUp() throws Exception {
    Quotas replica = replica();
    assertTrue(takes(replica, terms(PLENTY, 5)));
    execute("UPDATE quota_rate SET slot = slot + 6000 WHERE bucket LIKE ?");

    assertTrue(!takes(replica(), terms(PLENTY, 5)));
  }

  private long refused() throws SQLException {
    try (Connection connection = DATABASE.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT refused FROM quota_day WHERE agency = ?")) {
      select.setString(1, asker.agency());
      var row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, "%" + asker.agency());
      assertEquals(1, update.executeUpdate());
    }
  }
}
