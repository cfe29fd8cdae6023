package org.mekong.gateway.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.log.note.Cosigner;

/**
 * A gateway whose witness is out of reach since the start: nothing crosses the border, and it says
 * so.
 */
@QuarkusTest
@TestProfile(UncosignedIT.WitnessOutOfReach.class)
@QuarkusTestResource(Surroundings.class)
class UncosignedIT {

  /** A policy whose witness listens nowhere. */
  public static final class WitnessOutOfReach implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path policy =
            Files.createTempFile(Path.of("target").toAbsolutePath(), "out-of-reach", ".policy");
        Files.writeString(
            policy,
            "witness LA %s https://localhost:1/witness/LA\nquorum LA\n"
                .formatted(Cosigner.generate("la.mekong.example/witness").verifierKey()));
        return Map.of("gateway.witness.policy-file", policy.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Surroundings around;

  @Test
  void aLookupIsRefusedByTheRuleAndLoggedAndNothingIsSent() {
    around.peerDouble().reset();
    var log = new PublishedLog(around);
    long before = log.size();

    TestAgency.Answer answer = new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815"));

    assertEquals(503, answer.status(), answer.response().body());
    assertEquals("log/uncosigned", answer.body().path("rule").asText());
    assertTrue(answer.body().path("action").asText().contains("operator"));
    assertEquals(0, around.peerDouble().received().size());
    assertEquals("log/uncosigned", log.entriesFrom(before).getFirst().path("rule").asText());
  }

  @Test
  void domesticReadinessHoldsAndHealthTellsWhatIsWaitedFor() throws Exception {
    HttpResponse<String> health =
        HttpClient.newBuilder()
            .sslContext(around.anonymousContext())
            .build()
            .send(
                HttpRequest.newBuilder(around.gateway().resolve("/q/health/ready")).build(),
                HttpResponse.BodyHandlers.ofString());

    assertEquals(200, health.statusCode());
    assertTrue(health.body().contains("\"standing\": \"waiting\""), health.body());
    assertTrue(health.body().contains("\"servesAbroad\": false"), health.body());
  }
}
