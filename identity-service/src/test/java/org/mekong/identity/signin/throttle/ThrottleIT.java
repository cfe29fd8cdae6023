package org.mekong.identity.signin.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.sealing.Vault;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestNode;

/** Who guesses waits; nobody else does. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class ThrottleIT {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static int networks;

  @Inject ThrottleConfig config;
  @Inject Vault vault;
  @Inject Journal journal;

  private final String login = "person-" + UUID.randomUUID();

  @Test
  void theSixthFailureWaitsAndEachNextOneTwiceAsLongUpToTheLongest() {
    String here = network();
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), count(attempt(login, here), START));
    }
    Instant now = START;
    for (long seconds : new long[] {10, 20, 40, 80, 160, 320, 640, 900, 900}) {
      Optional<Duration> wait = count(attempt(login, here), now);
      assertEquals(Optional.of(Duration.ofSeconds(seconds)), wait);
      now = now.plusSeconds(seconds);
      assertEquals(Optional.empty(), count(attempt(login, here), now));
    }
  }

  @Test
  void askingWhileWaitingDoesNotMakeItLonger() {
    String here = network();
    failures(attempt(login, here), 5);
    for (int i = 0; i < 50; i++) {
      assertTrue(count(attempt(login, here), START.plusSeconds(1)).isPresent());
    }

    assertEquals(Optional.empty(), count(attempt(login, here), START.plusSeconds(10)));
  }

  @Test
  void anotherNetworkAndAnotherNameDoNotWait() {
    String here = network();
    failures(attempt(login, here), 5);

    assertTrue(count(attempt(login, here), START).isPresent());
    assertEquals(Optional.empty(), count(attempt(login, network()), START));
    assertEquals(Optional.empty(), count(attempt(login + "x", here), START));
  }

  /** The lock-out that must not be: many networks against one name. */
  @Test
  void underAttackFromEverywhereNobodyIsLockedOut() {
    for (int i = 0; i < 60; i++) {
      failures(attempt(login, network()), 1);
    }
    String newcomer = network();

    assertEquals(Optional.empty(), count(attempt(login, newcomer), START));
    assertEquals(Optional.empty(), count(attempt(login, newcomer), START));
    assertTrue(count(attempt(login, newcomer), START).isPresent());
    assertEquals(Optional.empty(), count(attempt(login, newcomer), START.plusSeconds(10)));
  }

  @Test
  void aKnownBrowserWaitsForItsOwnFailuresAlone() {
    String here = network();
    Attempt fromKnown = new Attempt(login, here, Optional.of("device"));
    succeeded(attempt(login, here), "device");
    failures(attempt(login, here), 5);
    assertTrue(count(attempt(login, here), START).isPresent());

    failures(fromKnown, 5);
    assertTrue(count(fromKnown, START).isPresent());
    Attempt ofAnotherPerson = new Attempt(login + "x", here, Optional.of("device"));
    assertEquals(Optional.empty(), count(ofAnotherPerson, START));
  }

  @Test
  void aBrowserIsNotKnownForAnotherName() {
    String here = network();
    succeeded(attempt(login, here), "device");
    Attempt other = new Attempt(login + "x", here, Optional.of("device"));
    failures(other, 5);

    assertTrue(count(new Attempt(login + "x", here, Optional.empty()), START).isPresent());
  }

  @Test
  void aNetworkThatTriesManyNamesWaitsAMinuteAtMost() {
    String here = network();
    for (int i = 0; i < 100; i++) {
      assertEquals(Optional.empty(), count(attempt(login + i, here), START));
    }
    Instant now = START;
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 8; i++) {
      Duration wait = count(attempt(login + "-" + i, here), now).orElseThrow();
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      now = now.plus(wait);
      assertEquals(Optional.empty(), count(attempt(login + "-" + i, here), now));
    }
    assertEquals(Duration.ofMinutes(1), longest);
    assertEquals(
        Optional.empty(), count(attempt(login, network()), now), "another network does not wait");
  }

  @Test
  void successForgivesTheNameAndIsNotCounted() {
    String here = network();
    for (int round = 0; round < 10; round++) {
      failures(attempt(login, here), 4);
      assertEquals(Optional.empty(), count(attempt(login, here), START));
      succeeded(attempt(login, here), "device" + round);
    }
  }

  @Test
  void failuresAreForgottenADayAfterTheLast() {
    String here = network();
    failures(attempt(login, here), 5);

    Instant later = START.plus(Duration.ofHours(25));
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), count(attempt(login, here), later));
    }
  }

  /** Counted before judged: so many at once are so many. */
  @Test
  void ofManyAtOnceNoMoreGetThroughThanOneByOne() throws Exception {
    String here = network();
    int attempts = 12;
    int through = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(attempts)) {
      List<Future<Optional<Duration>>> running = new ArrayList<>();
      for (int i = 0; i < attempts; i++) {
        running.add(threads.submit(() -> count(attempt(login, here), START)));
      }
      for (Future<Optional<Duration>> each : running) {
        through += each.get().isEmpty() ? 1 : 0;
      }
    }
    assertEquals(5, through);
  }

  @Test
  void anAttemptIsOfItsNumberHoweverItIsTypedAndOfItsNetwork() {
    Attempt attempt = Attempt.of(" 001 204-000123 ", "192.0.2.7", Optional.empty());
    assertEquals(attempt, Attempt.of("001204000123", "192.0.2.7", Optional.empty()));
    assertEquals(
        Attempt.of("Officer", "2001:db8:1:2::1", Optional.empty()),
        Attempt.of("officer ", "2001:db8:1:2:3:4:5:6", Optional.empty()));
    assertEquals("Attempt", attempt.toString());
  }

  private void failures(Attempt attempt, int number) {
    for (int i = 0; i < number; i++) {
      count(attempt, START);
    }
  }

  private Optional<Duration> count(Attempt attempt, Instant now) {
    Throttle throttle = new Throttle(config, vault, Clock.fixed(now, ZoneOffset.UTC));
    return journal.transact(transaction -> throttle.count(transaction.connection(), attempt));
  }

  private void succeeded(Attempt attempt, String device) {
    Throttle throttle = new Throttle(config, vault, Clock.fixed(START, ZoneOffset.UTC));
    journal.transact(
        transaction -> {
          throttle.succeeded(transaction.connection(), attempt, device);
          return attempt;
        });
  }

  private static Attempt attempt(String login, String network) {
    return new Attempt(login, network, Optional.empty());
  }

  private static synchronized String network() {
    return "test " + ++networks;
  }
}
