package org.mekong.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.gateway.testing.PeerDouble.Lie;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** A peer that lies, is slow, or is gone: the agency hears who must act, and nothing else. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LyingPeerIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  private TestAgency agency;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.peerDouble().reset();
    assertEquals(200, agency.ask(QUESTION).status());
    around.peerDouble().reset();
  }

  @ParameterizedTest
  @CsvSource({
    "WRONG_SIGNATURE, signature",
    "WRONG_TYPE, malformed",
    "WRONG_DIGEST, digest",
    "ANOTHERS_ANSWER, digest",
    "OTHER_PARTIES, parties",
    "FROM_THE_FUTURE, clock",
    "MORE_THAN_ASKED, content",
    "OTHER_THAN_ASKED, content",
    "RECEIPT_OF_ANOTHER_LOG, receipt",
    "RECEIPT_OF_ANOTHER_ENTRY, receipt",
    "RECEIPT_DAMAGED, receipt",
    "RECEIPT_MISSING, malformed",
    "REFUSAL_AS_ANSWER, malformed",
    "UNSIGNED_REFUSAL, malformed",
    "NO_JSON, malformed",
    "ENDLESS, size",
  })
  void aLieIsNotPassedOn(Lie lie, String check) {
    around.peerDouble().lie(lie);

    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(502, answer.status(), answer.response().body());
    assertEquals("peer-answer-invalid", answer.type());
    assertEquals("exchange/answer/" + check, answer.rule());
    assertTrue(answer.body().path("action").asText().contains("operators of both gateways"));
    assertEquals(
        Set.of("type", "title", "status", "detail", "instance", "action", "rule"),
        fields(answer.body()));
    JsonNode last = log.entriesFrom(log.size() - 1).getFirst();
    assertEquals("failure", last.path("leg").asText());
    assertEquals("exchange/answer/" + check, last.path("rule").asText());
  }

  private static Set<String> fields(JsonNode body) {
    var names = new java.util.HashSet<String>();
    body.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void aSilentPeerIsAProblemWithinTheDeadline() {
    around.peerDouble().delay(5_000);
    long start = System.nanoTime();

    TestAgency.Answer answer = agency.ask(QUESTION.replace("PT5S", "PT1S"));

    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertEquals(504, answer.status());
    assertEquals("peer-silent", answer.type());
    assertTrue(millis < 1_000, millis + " ms");
    assertTrue(answer.body().path("action").asText().contains("gateway of LA must act"));
  }

  @Test
  void aStoppedPeerIsAProblemWithinTheDeadline() {
    around.peerDouble().stop();
    try {
      TestAgency.Answer answer = agency.ask(QUESTION);

      assertEquals(502, answer.status());
      assertEquals("peer-unreachable", answer.type());
    } finally {
      around.peerDouble().restart();
    }
    assertEquals(200, agency.ask(QUESTION).status());
  }

  @Test
  void aPeerThatCannotAnswerNowIsAProblem() {
    around.peerDouble().unavailable(1);

    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(502, answer.status());
    assertEquals("peer-unavailable", answer.type());
    assertFalse(answer.body().path("detail").asText().isBlank());
  }
}
