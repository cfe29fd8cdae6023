package org.mekong.gateway.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.PeerDouble.Lie;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** The same key and question bring the first outcome; the peer sees one request, or its repeat. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class IdempotencyIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  private TestAgency agency;
  private String key;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    around.peerDouble().reset();
    key = UUID.randomUUID().toString();
  }

  private TestAgency.Answer ask(String question) {
    return agency.ask(question, "Idempotency-Key", key);
  }

  @Test
  void theFirstAnswerComesBackAndThePeerIsAskedOnce() {
    TestAgency.Answer first = ask(QUESTION);
    TestAgency.Answer second = ask(QUESTION);

    assertEquals(200, first.status(), first.response().body());
    assertEquals(first.body(), second.body());
    assertEquals(1, around.peerDouble().received().size());
  }

  @Test
  void theFirstRefusalComesBackAndIsLoggedOnce() {
    var log = new PublishedLog(around);
    String question = QUESTION.replace("alive", "number_valid");
    TestAgency.Answer first = ask(question);
    long size = log.size();
    TestAgency.Answer second = ask(question);

    assertEquals(403, first.status());
    assertEquals(first.rule(), second.rule());
    assertEquals(size, log.size());
  }

  @Test
  void aKeyIsForOneQuestion() {
    ask(QUESTION);
    TestAgency.Answer other = ask(QUESTION.replace("4711", "4712"));

    assertEquals(422, other.status());
    assertEquals("idempotency-key-reused", other.type());
  }

  @Test
  void keysOfAnotherClientAreOthers() {
    ask(QUESTION);
    String token = agency.token(claims -> claims.claim("client_id", "another").subject("another"));
    TestAgency.Answer other =
        agency.post(
            agency.lookups(), token, QUESTION.replace("4711", "4712"), "Idempotency-Key", key);

    assertEquals(200, other.status(), other.response().body());
  }

  @Test
  void whatWasNotAnsweredIsSentAgainAsItWas() {
    var log = new PublishedLog(around);
    around.peerDouble().unavailable(1);
    TestAgency.Answer failed = ask(QUESTION);
    around.peerDouble().lie(Lie.WRONG_SIGNATURE);
    TestAgency.Answer lied = ask(QUESTION);
    around.peerDouble().lie(Lie.NONE);
    TestAgency.Answer answered = ask(QUESTION);

    assertEquals(502, failed.status());
    assertEquals(502, lied.status());
    assertEquals(200, answered.status(), answered.response().body());
    assertEquals(1, new HashSet<>(around.peerDouble().received()).size());
    var legs =
        log.entriesOf(answered.body().path("requestId").asText()).stream()
            .map(entry -> entry.path("leg").asText())
            .toList();
    assertEquals(java.util.List.of("request", "failure", "failure", "answer"), legs);
  }

  @Test
  void ofManyAtOnceOneIsSent() throws Exception {
    around.peerDouble().delay(200);
    var calls = new ArrayList<Callable<TestAgency.Answer>>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> ask(QUESTION));
    }
    var outcomes = new ArrayList<TestAgency.Answer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<TestAgency.Answer> outcome : threads.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
    }

    assertEquals(1, around.peerDouble().received().size());
    assertTrue(outcomes.stream().anyMatch(outcome -> outcome.status() == 200));
    assertTrue(
        outcomes.stream().allMatch(outcome -> outcome.status() == 200 || outcome.status() == 409));
  }

  @Test
  void aKeyThatIsNoneIsABadRequest() {
    assertEquals(400, agency.ask(QUESTION, "Idempotency-Key", "x".repeat(256)).status());
    assertEquals(400, agency.ask(QUESTION, "Idempotency-Key", "with space").status());
  }
}
