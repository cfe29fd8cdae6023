package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.access.door.Door;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.RefusedRequests;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAdministrator;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestPeer;

/** A peer that floods takes its share of this gateway, and not all of it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class FloodingPeerIT {

  private static final int SHARE = 32;
  private static final int FLOOD = 48;
  private static final String ANSWERED_503 =
      "http_server_requests_seconds_count\\{[^}]*problem=\"%s\",status=\"503\",uri=\"/exchange/v1/requests\"\\}";
  private static final String TURNED_AWAY =
      "mekong_exchange_refusals_total\\{peer=\"LA\",rule=\"exchange/bulkhead\"\\}";

  Surroundings around;
  @Inject Door door;
  private TestPeer peer;
  private TestAgency agency;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    peer = new TestPeer(around);
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.registry().reset();
    around.peerDouble().reset();
    door.tell();
  }

  @AfterEach
  void end() {
    around.registry().reset();
  }

  /** What came of one request of a flood. */
  private record Outcome(String request, TestPeer.Answer answer) {}

  @Test
  void whatIsOverItsShareIsTurnedAwayToldInSumAndGoodLater() throws Exception {
    around.registry().delay(1_500);
    long before = log.size();
    double turnedAway = metric(TURNED_AWAY);
    List<Callable<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      String request = peer.request();
      calls.add(() -> new Outcome(request, peer.send(request)));
    }
    List<Outcome> outcomes = new ArrayList<>();
    TestAgency.Answer ours;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> flood = calls.stream().map(threads::submit).toList();
      Thread.sleep(500);
      ours = agency.ask(TestAgency.marriage("LA-4711-0815"));
      for (Future<Outcome> each : flood) {
        outcomes.add(each.get());
      }
    }

    assertEquals(200, ours.status(), ours.response().body());
    List<Outcome> away = outcomes.stream().filter(each -> each.answer().status() != 200).toList();
    assertEquals(FLOOD - SHARE, away.size());
    assertEquals(SHARE, around.registry().asked().size());
    for (Outcome each : away) {
      TestPeer.Answer answer = each.answer();
      RefusedRequests.assertProblem(503, answer.status(), answer.headers(), answer.body());
      assertEquals("exchange/bulkhead", answer.rule());
      assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
      assertTrue(answer.body().path("action").asText().contains("same request again"));
    }
    assertEquals(turnedAway + away.size(), metric(TURNED_AWAY));
    assertTrue(metric(ANSWERED_503.formatted("postponed")) >= away.size());
    assertEquals(0, metric(ANSWERED_503.formatted("none")), "whether it is a failure is told");
    assertWeather(away.size());
    door.tell();
    assertTold(before, away.size());
    around.registry().delay(0);
    assertEquals(200, peer.send(away.getFirst().request()).status());
  }

  private void assertWeather(int atLeast) {
    JsonNode weather =
        new TestAdministrator(around, "operations-1")
            .get("/admin/v1/weather")
            .body()
            .at("/items/0/weather");
    assertEquals(0, weather.path("beingAnswered").asInt(-1));
    assertTrue(weather.path("turnedAway").asInt() >= atLeast, weather::toString);
    assertEquals(0, metric("mekong_peer_being_answered\\{peer=\"LA\"\\}"));
  }

  /** One entry for the first, at once, and one for the rest. */
  private void assertTold(long before, int times) throws InterruptedException {
    List<JsonNode> entries = List.of();
    for (int i = 0; i < 100 && entries.size() < 2; i++) {
      Thread.sleep(20);
      entries =
          log.entriesFrom(before).stream()
              .filter(entry -> entry.path("rule").asText().equals("exchange/bulkhead"))
              .toList();
    }
    assertEquals(2, entries.size(), entries::toString);
    assertEquals(
        times, entries.get(0).path("times").asInt() + entries.get(1).path("times").asInt());
    assertEquals("LA", entries.getFirst().path("peer").asText());
  }

  private double metric(String name) {
    String metrics =
        agency
            .send(HttpRequest.newBuilder(around.gateway().resolve("/q/metrics")))
            .response()
            .body();
    Matcher found = Pattern.compile(name + " (\\S+)").matcher(metrics);
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }
}
