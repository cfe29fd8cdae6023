package org.mekong.gateway.operation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.lookup.WaitingLookups;
import org.mekong.gateway.lookup.keyed.KeyedLookups;
import org.mekong.gateway.lookup.waiting.Progress;
import org.mekong.gateway.lookup.waiting.Waiting;
import org.mekong.gateway.operation.Sealed;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestOperations;

/**
 * A runner dies after each step, or two are at the same operation: it becomes final once, by one
 * request that is sent again as it was, with each leg once in the log.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class CrashedRunnerIT {

  private static final String QUESTION =
      TestAgency.marriage("LA-4711-0815")
          .replace("\"deadline\": \"PT5S\"", "\"deadline\": \"PT1H\"");

  @Inject Transactions transactions;
  @Inject WaitingLookups lookups;
  @Inject Attempts attempts;
  @Inject Sealed seal;

  Surroundings around;
  private TestOperations operations;

  @BeforeEach
  void begin() {
    operations = new TestOperations(around, new TestAgency(around));
    around.peerDouble().reset();
  }

  /** An operation that was attempted once without an answer and is left alone from now on. */
  private UUID held() throws Exception {
    around.peerDouble().stop();
    TestAgency.Answer queued;
    try {
      queued = operations.queue(QUESTION);
      assertEquals(202, queued.status(), queued.response().body());
      UUID id = UUID.fromString(queued.body().path("id").asText());
      while (!operations.call("GET", path(id)).body().has("failure")) {
        TestOperations.pause();
      }
      while (sql(
              "UPDATE operation SET due_at = now() + interval '1 hour'"
                  + " WHERE operation_id = ? AND claim IS NULL",
              id)
          == 0) {
        TestOperations.pause();
      }
      return id;
    } finally {
      around.peerDouble().restart();
      awaitTrust();
    }
  }

  /** A peer that was away is left alone for a moment; what came meanwhile is forgotten. */
  private void awaitTrust() {
    int status = 0;
    for (int i = 0; i < 300 && status != 200; i++) {
      TestOperations.pause();
      status = new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815")).status();
    }
    assertEquals(200, status);
    around.peerDouble().reset();
  }

  /** One that nobody has begun. */
  private UUID fresh() throws Exception {
    UUID id = held();
    sql(
        "DELETE FROM evidence WHERE request_id = (SELECT request_id FROM keyed_lookup"
            + " WHERE idempotency_key = 'operation ' || ?)",
        id);
    sql("DELETE FROM keyed_lookup WHERE idempotency_key = 'operation ' || ?", id);
    return id;
  }

  private static String path(UUID id) {
    return "/v1/operations/" + id;
  }

  private int sql(String statement, UUID id) throws Exception {
    return transactions.in(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setObject(1, id);
            return update.executeUpdate();
          }
        });
  }

  private void release(UUID id) throws Exception {
    sql("UPDATE operation SET due_at = now() WHERE operation_id = ?", id);
  }

  /** Somebody claimed it, and its claim is over. */
  private void lapsed(UUID id) throws Exception {
    sql(
        "UPDATE operation SET claim = gen_random_uuid(), claimed_until = now() - interval '1 second',"
            + " due_at = now() WHERE operation_id = ?",
        id);
  }

  private Sealed.Asked asked(UUID id) throws Exception {
    byte[] question =
        transactions.in(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT question FROM operation WHERE operation_id = ?")) {
                select.setObject(1, id);
                try (ResultSet row = select.executeQuery()) {
                  row.next();
                  return row.getBytes(1);
                }
              }
            });
    return seal.question(id, question);
  }

  private Waiting waiting(UUID id) {
    return new Waiting(
        id, Instant.parse(operations.call("GET", path(id)).body().path("expires").asText()));
  }

  private Progress proceed(UUID id) throws Exception {
    Sealed.Asked asked = asked(id);
    return lookups.proceed(asked.agency(), asked.request(), waiting(id), Duration.ofSeconds(5));
  }

  private TestAgency.Answer assertOnce(UUID id) {
    TestAgency.Answer done = operations.finished(path(id));
    assertEquals("answered", done.body().path("state").asText(), done.response().body());
    assertEquals(
        List.of("request", "answer"),
        operations.legs(done.body().at("/answer/requestId").asText()));
    assertEquals(1, new HashSet<>(around.peerDouble().received()).size());
    return done;
  }

  @Test
  void afterItHadClaimedIt() throws Exception {
    UUID id = fresh();
    lapsed(id);

    assertOnce(id);
    assertEquals(1, around.peerDouble().received().size());
  }

  @Test
  void afterItHadBegunTheLookup() throws Exception {
    UUID id = fresh();
    Sealed.Asked asked = asked(id);
    Waiting waiting = waiting(id);
    Instant past = Instant.now().minusSeconds(1);
    transactions.in(
        connection ->
            KeyedLookups.begin(
                connection,
                KeyedLookups.Key.of(waiting, asked.agency().clientId()),
                asked.request(),
                past,
                past));
    lapsed(id);

    assertOnce(id);
    assertEquals(1, around.peerDouble().received().size());
  }

  @Test
  void afterItHadLoggedAndSentTheRequest() throws Exception {
    UUID id = fresh();
    around.peerDouble().unavailable(1);
    assertInstanceOf(Progress.NotYet.class, proceed(id));
    lapsed(id);

    assertOnce(id);
    assertEquals(2, around.peerDouble().received().size());
  }

  @Test
  void afterItHadLoggedTheAnswer() throws Exception {
    UUID id = fresh();
    Progress.Answered answered = assertInstanceOf(Progress.Answered.class, proceed(id));
    lapsed(id);

    TestAgency.Answer done = assertOnce(id);
    assertEquals(1, around.peerDouble().received().size());
    assertEquals(answered.answer().signedAnswer(), done.body().at("/answer/signedAnswer").asText());
  }

  @Test
  void afterItHadMadeItFinal() throws Exception {
    UUID id = held();
    release(id);
    TestAgency.Answer done = assertOnce(id);
    Progress again = proceed(id);

    assertInstanceOf(Progress.Refused.class, again); // the outcome is with the operation alone
    assertEquals(done.body(), operations.call("GET", path(id)).body());
    assertEquals(1, around.peerDouble().received().size());
  }

  @Test
  void oneThatIsHeldUpForLongerThanItsClaimsWritesNothingTwice() throws Exception {
    UUID id = fresh();
    around.peerDouble().delay(700);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Progress> heldUp = threads.submit(() -> proceed(id));
      while (around.peerDouble().received().isEmpty()) {
        TestOperations.pause();
      }
      sql(
          "UPDATE keyed_lookup SET claimed_until = now() - interval '1 second'"
              + " WHERE idempotency_key = 'operation ' || ?",
          id);
      release(id);

      assertOnce(id);
      assertTrue(
          heldUp.get() instanceof Progress.Answered
              || heldUp.get() instanceof Progress.NotYet
              || heldUp.get() instanceof Progress.Refused);
    }
    assertEquals(
        2,
        operations
            .legs(operations.call("GET", path(id)).body().at("/answer/requestId").asText())
            .size());
  }

  @Test
  void ofManyRunnersOneClaimsIt() throws Exception {
    UUID id = held();
    release(id);
    var calls = new ArrayList<Callable<Optional<Claim>>>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> attempts.claim(List.of()));
    }
    var claims = new ArrayList<Claim>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<Claim>> claim : threads.invokeAll(calls)) {
        claim.get().ifPresent(claims::add);
      }
      assertTrue(claims.size() <= 1, "the runner of the gateway itself may have been faster");
      for (Claim claim : claims) {
        Future<?> one = threads.submit(() -> make(claim));
        Future<?> other = threads.submit(() -> make(claim));
        one.get();
        other.get();
      }
    }

    assertOnce(id);
  }

  private Void make(Claim claim) throws Exception {
    attempts.make(claim);
    return null;
  }
}
