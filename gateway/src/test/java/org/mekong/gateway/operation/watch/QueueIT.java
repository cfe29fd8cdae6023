package org.mekong.gateway.operation.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestOperations;

/** Operators see how long the queue is and why, and nobody in it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class QueueIT {

  private static final String QUESTION =
      TestAgency.marriage("LA-4711-0815")
          .replace("\"deadline\": \"PT5S\"", "\"deadline\": \"PT1H\"");

  @Inject QueueWatch watch;

  Surroundings around;
  private TestAgency agency;
  private TestOperations operations;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    operations = new TestOperations(around, agency);
    around.peerDouble().reset();
  }

  private TestAgency.Answer queue() {
    return operations.call(
        "GET", "/admin/v1/queue", agency.token(claims -> claims.claim("scope", "gateway.admin")));
  }

  private static JsonNode laos(TestAgency.Answer queue) {
    assertEquals(200, queue.status(), queue.response().body());
    for (JsonNode peer : queue.body().path("peers")) {
      if (peer.path("country").asText().equals("LA")) {
        return peer;
      }
    }
    throw new AssertionError(queue.response().body());
  }

  @Test
  void anAgencyIsNoOperator() {
    assertEquals(403, operations.call("GET", "/admin/v1/queue").status());
  }

  @Test
  void aSilentPeerShowsInTheQueueAndLeavesTheGatewayReady() throws Exception {
    around.peerDouble().stop();
    String path;
    try {
      path = operations.queue(QUESTION).body().at("/links/self").asText();
      while (!operations.call("GET", path).body().has("failure")) {
        TestOperations.pause();
      }
      TestAgency.Answer queue = queue();
      JsonNode laos = laos(queue);
      assertTrue(laos.path("pending").asLong() >= 1);
      assertTrue(laos.path("tried").asLong() >= 1);
      assertEquals("exchange/unreachable", laos.at("/failures/0/rule").asText());
      assertFalse(queue.response().body().contains("4711"));
      assertFalse(queue.response().body().contains("quang-tri"));
      watch.measure();
      String metrics =
          agency
              .send(HttpRequest.newBuilder(around.gateway().resolve("/q/metrics")))
              .response()
              .body();
      assertTrue(metrics.contains("mekong_queue_length{country=\"LA\"}"), metrics);
      assertTrue(metrics.contains("mekong_queue_age_seconds{country=\"LA\"}"));
      assertEquals(
          200,
          agency
              .send(HttpRequest.newBuilder(around.gateway().resolve("/q/health/ready")))
              .status());
    } finally {
      around.peerDouble().restart();
    }
    operations.finished(path);

    assertTrue(laos(queue()).path("answered").asLong() >= 1);
  }
}
