package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestPeer;

/** What comes at the same time is written down together, and stays apart. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TogetherIT {

  private static final int MANY = 24;

  Surroundings around;

  @BeforeEach
  void begin() {
    around.registry().reset();
    around.peerDouble().reset();
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    List<T> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> outcome : threads.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }

  @Test
  void ofManyRequestsEachHasItsLegsAndAReplayIsRefusedAlone() throws Exception {
    var peer = new TestPeer(around);
    String first = peer.request();
    String used = peer.verified(peer.send(first)).payload().requestId().toString();
    List<Callable<TestPeer.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String request = peer.request();
      calls.add(() -> peer.send(request));
    }
    String replay =
        peer.request(
            json ->
                json.replaceAll("\"request_id\":\"[^\"]+\"", "\"request_id\":\"" + used + "\""));
    calls.add(() -> peer.send(replay));

    List<TestPeer.Answer> answers = atOnce(calls);

    assertEquals(409, answers.removeLast().status());
    List<JsonNode> entries = new PublishedLog(around).entriesFrom(0);
    Set<String> commitments = new HashSet<>();
    for (TestPeer.Answer answer : answers) {
      assertEquals(200, answer.status(), answer.body().toString());
      String id = peer.verified(answer).payload().requestId().toString();
      List<JsonNode> legs = of(entries, id);
      assertEquals(List.of("request", "answer"), names(legs));
      commitments.add(legs.get(1).path("subject").asText());
    }
    assertEquals(MANY, commitments.size());
  }

  @Test
  void ofManyLookupsEachHasItsLegsAndItsEvidence() throws Exception {
    var agency = new TestAgency(around);
    List<Callable<TestAgency.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String key = UUID.randomUUID().toString();
      String question = TestAgency.marriage("LA-4711-08" + (10 + i));
      calls.add(
          i % 2 == 0
              ? () -> agency.ask(question)
              : () -> agency.ask(question, "Idempotency-Key", key));
    }

    List<TestAgency.Answer> answers = atOnce(calls);

    List<JsonNode> entries = new PublishedLog(around).entriesFrom(0);
    for (TestAgency.Answer answer : answers) {
      assertEquals(200, answer.status(), answer.response().body());
      String id = answer.body().path("requestId").asText();
      List<JsonNode> legs = of(entries, id);
      assertEquals(List.of("request", "answer"), names(legs));
      int request = answer.body().at("/trace/request/index").asInt();
      int given = answer.body().at("/trace/answer/index").asInt();
      assertEquals(legs.get(0), entries.get(request));
      assertEquals(legs.get(1), entries.get(given));
      assertTrue(request < given);
    }
  }

  private static List<JsonNode> of(List<JsonNode> entries, String requestId) {
    return entries.stream()
        .filter(entry -> entry.path("request_id").asText().equals(requestId))
        .toList();
  }

  private static List<String> names(List<JsonNode> legs) {
    return legs.stream().map(leg -> leg.path("leg").asText()).toList();
  }
}
