package org.mekong.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAdministrator;
import org.mekong.gateway.testing.TestAgency;

/**
 * A peer that fails is left alone for a while, and takes no more than its share of this gateway.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class GuardedPeerIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  private TestAgency agency;

  @BeforeEach
  void begin() throws Exception {
    agency = new TestAgency(around);
    around.peerDouble().reset();
    closeCircuit();
  }

  @AfterEach
  void end() throws Exception {
    around.peerDouble().reset();
    closeCircuit();
  }

  /** Within what the agreement allows in a second. */
  private void closeCircuit() throws Exception {
    Thread.sleep(1_000);
    for (int i = 0; i < 100 && (agency.ask(QUESTION).status() != 200 || circuit() > 0); i++) {
      Thread.sleep(50);
    }
    assertEquals(0, circuit());
  }

  private double circuit() {
    return metric("mekong_peer_circuit\\{peer=\"LA\"\\}");
  }

  @Test
  void aPeerThatFailsTooOftenIsLeftAloneAndThenTriedAgain() throws Exception {
    around.peerDouble().stop();
    try {
      atOnce(20);

      int sent = around.peerDouble().received().size();
      TestAgency.Answer answer = agency.ask(QUESTION);

      assertEquals(503, answer.status(), answer.response().body());
      assertEquals("peer-paused", answer.type());
      assertEquals("exchange/circuit", answer.rule());
      assertEquals("5", answer.response().headers().firstValue("Retry-After").orElse(""));
      assertTrue(answer.body().path("action").asText().contains("gateway of LA must act"));
      assertEquals(sent, around.peerDouble().received().size());
      assertLogged("exchange/circuit");
      assertEquals(1, circuit());
    } finally {
      around.peerDouble().restart();
    }
  }

  @Test
  void agenciesInAHurryDoNotOpenTheCircuit() throws Exception {
    around.peerDouble().delay(600);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      calls.add(() -> agency.ask(QUESTION.replace("PT5S", "PT0.3S")).status());
    }
    for (int status : statuses(calls)) {
      assertEquals(504, status);
    }
    around.peerDouble().reset();

    assertEquals(200, agency.ask(QUESTION).status());
  }

  @Test
  void moreThanThePeersShareIsRefusedAtOnceAndTheRestIsAnswered() throws Exception {
    around.peerDouble().delay(1_500);

    List<Integer> statuses = atOnce(40);

    assertTrue(statuses.stream().allMatch(status -> status == 200 || status == 503));
    assertTrue(statuses.stream().filter(status -> status == 200).count() >= 24, "" + statuses);
    assertTrue(statuses.contains(503), "" + statuses);
    assertEquals(0, metric("mekong_peer_under_way\\{peer=\"LA\"\\}"));
  }

  @Test
  void aPeerThatTakesARequestLaterIsSentTheSameAgainAndHasNotFailed() {
    around.peerDouble().reset();
    around.peerDouble().postpone(2);

    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(3, around.peerDouble().received().size());
    assertEquals(1, Set.copyOf(around.peerDouble().received()).size());
    assertEquals(0, circuit());
  }

  @Test
  void whereThereIsNoTimeItsAskerMaySendTheSameAgainUnderItsKey() throws Exception {
    String key = UUID.randomUUID().toString();
    String hurried = QUESTION.replace("PT5S", "PT0.8S");
    around.peerDouble().reset();
    around.peerDouble().postpone(1);

    TestAgency.Answer first = agency.ask(hurried, "Idempotency-Key", key);

    assertEquals(503, first.status(), first.response().body());
    assertEquals("peer-busy", first.type());
    assertEquals("exchange/postponed", first.rule());
    assertEquals("1", first.response().headers().firstValue("Retry-After").orElse(""));
    assertLogged("exchange/postponed");
    assertEquals(200, agency.ask(hurried, "Idempotency-Key", key).status());
    assertEquals(1, Set.copyOf(around.peerDouble().received()).size());
  }

  @Test
  void theClockOfAPeerIsMeasuredAndAdministratorsSeeItsWeather() throws Exception {
    agency.ask(QUESTION);

    JsonNode weather =
        new TestAdministrator(around, "operations-1")
            .get("/admin/v1/weather")
            .body()
            .at("/items/0");
    assertEquals("LA", weather.path("nation").asText());
    assertEquals("closed", weather.at("/weather/circuit").asText());
    assertEquals(0, weather.at("/weather/underWay").asInt(-1));
    assertFalse(weather.at("/weather/lastAnswer").asText().isEmpty());

    assertTrue(
        Math.abs(metric("mekong_peer_clock_difference_seconds\\{peer=\"LA\"\\}")) <= 2,
        "" + metric("mekong_peer_clock_difference_seconds\\{peer=\"LA\"\\}"));
  }

  private List<Integer> atOnce(int many) throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      calls.add(() -> agency.ask(QUESTION).status());
    }
    return statuses(calls);
  }

  private static List<Integer> statuses(List<Callable<Integer>> calls) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> call : threads.invokeAll(calls)) {
        statuses.add(call.get());
      }
    }
    return statuses;
  }

  private void assertLogged(String rule) {
    PublishedLog log = new PublishedLog(around);
    JsonNode last = log.entriesFrom(log.size() - 1).getFirst();
    assertEquals("failure", last.path("leg").asText());
    assertEquals(rule, last.path("rule").asText());
  }

  private double metric(String name) {
    String metrics =
        agency
            .send(HttpRequest.newBuilder(around.gateway().resolve("/q/metrics")))
            .response()
            .body();
    Matcher found = Pattern.compile(name + " (\\S+)").matcher(metrics);
    assertTrue(found.find(), name);
    return Double.parseDouble(found.group(1));
  }
}
