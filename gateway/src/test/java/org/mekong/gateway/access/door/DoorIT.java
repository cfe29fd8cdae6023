package org.mekong.gateway.access.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** What is refused before it is a question stands in the log by its rule, and a flood in sum. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DoorIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  @Inject Door door;
  private TestAgency agency;
  private PublishedLog log;
  private long before;

  @BeforeEach
  void begin() throws Exception {
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.peerDouble().reset();
    door.tell();
    agency.ask(QUESTION);
    before = log.size();
    around.peerDouble().reset();
  }

  private HttpRequest.Builder unauthenticated() {
    return HttpRequest.newBuilder(agency.lookups())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(QUESTION));
  }

  private List<JsonNode> entries(int expected) throws InterruptedException {
    List<JsonNode> found = List.of();
    for (int i = 0; i < 100 && found.size() < expected; i++) {
      Thread.sleep(20);
      found =
          log.entriesFrom(before).stream()
              .filter(entry -> entry.path("kind").asText().equals("refused"))
              .toList();
    }
    return found;
  }

  private void assertTold(String rule, String agencyId, Supplier<TestAgency.Answer> refused)
      throws Exception {
    TestAgency.Answer answer = refused.get();

    assertTrue(answer.status() >= 400 && answer.status() < 500, answer.response().body());
    JsonNode entry = entries(1).getFirst();
    assertEquals(rule, entry.path("rule").asText(), entry::toString);
    assertEquals(1, entry.path("times").asInt());
    assertEquals(agencyId, entry.path("agency").asText());
    assertEquals(
        answer.body().path("instance").asText(), "urn:uuid:" + entry.path("request_id").asText());
    assertFalse(entry.toString().contains("4711"));
    assertTrue(around.peerDouble().received().isEmpty());
  }

  @Test
  void aMissingToken() throws Exception {
    assertTold("access/token-missing", "", () -> agency.send(unauthenticated()));
  }

  @Test
  void aTokenThatIsNone() throws Exception {
    assertTold(
        "access/token-malformed",
        "",
        () ->
            agency.send(
                unauthenticated()
                    .header("Authorization", "DPoP token")
                    .header("DPoP", agency.client().proof("POST", agency.lookups(), "token"))));
  }

  @Test
  void aTokenOfNoAgency() throws Exception {
    assertTold(
        "token/agency",
        "",
        () ->
            agency.post(
                agency.lookups(), agency.token(claims -> claims.claim("agency", null)), QUESTION));
  }

  @Test
  void aBodyThatIsNotAsAgreed() throws Exception {
    assertTold(
        "request/malformed-request",
        "vn-quang-tri-civil-registry",
        () -> agency.ask(QUESTION.replace("\"alive\"", "\"shoe_size\"")));
  }

  @Test
  void anotherMediaType() throws Exception {
    String token = agency.token();
    assertTold(
        "request/unsupported-media-type",
        "",
        () ->
            agency.send(
                HttpRequest.newBuilder(agency.lookups())
                    .header("Content-Type", "text/plain")
                    .header("Authorization", "DPoP " + token)
                    .header("DPoP", agency.client().proof("POST", agency.lookups(), token))
                    .POST(HttpRequest.BodyPublishers.ofString(QUESTION))));
  }

  @Test
  void aBodyOverTheLimit() throws Exception {
    assertTold("request/too-large", "", () -> agency.ask(QUESTION + " ".repeat(70_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, HTTP_1_1, 70000",
    "PUT, HTTP_1_1, 700000",
    "PUT, HTTP_2, 70000",
    "PUT, HTTP_2, 700000",
    "DELETE, HTTP_1_1, 70000",
    "DELETE, HTTP_2, 70000",
    "DELETE, HTTP_2, 700000",
  })
  void aBodyOverTheLimitThatIsNotAnnouncedWhereNoneMustBe(
      String method, HttpClient.Version version, int length) throws Exception {
    byte[] large = " ".repeat(length).getBytes(StandardCharsets.US_ASCII);

    assertTold(
        "request/too-large",
        "",
        () -> {
          TestAgency.Answer answer =
              agency.send(
                  HttpRequest.newBuilder(
                          around.gateway().resolve("/v1/webhooks/" + UUID.randomUUID()))
                      .version(version)
                      .method(
                          method,
                          BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
          assertEquals(413, answer.status(), answer.response().body());
          return answer;
        });
  }

  @Test
  void aFloodIsToldInTwoEntries() throws Exception {
    for (int i = 0; i < 200; i++) {
      agency.send(unauthenticated());
    }
    assertEquals(1, entries(1).size());

    door.tell();

    List<JsonNode> told = entries(2);
    assertEquals(2, told.size(), told::toString);
    assertEquals(199, told.get(1).path("times").asInt());
    assertTrue(told.get(1).has("since"));
    assertTrue(told.get(1).path("request_id").isMissingNode());
  }

  @Test
  void whatARuleOfTheAgreementRefusesIsToldOnceAndNotHere() throws Exception {
    agency.ask(QUESTION.replace("alive", "number_valid"));
    agency.send(unauthenticated());

    List<JsonNode> told = entries(1);
    assertEquals(1, told.size(), told::toString);
    assertEquals("access/token-missing", told.getFirst().path("rule").asText());
  }
}
