package org.mekong.gateway.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestOperations;

/** What can be refused at once is not queued. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RefusedAtOnceIT {

  private static final String QUESTION =
      TestAgency.marriage("LA-4711-0815")
          .replace("\"deadline\": \"PT5S\"", "\"deadline\": \"PT1H\"");

  Surroundings around;
  private TestAgency agency;
  private TestOperations operations;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    operations = new TestOperations(around, agency);
    around.peerDouble().reset();
  }

  @Test
  void whatARuleRefusesIsRefusedAtOnceAndLogged() {
    var log = new PublishedLog(around);
    long before = log.size();
    TestAgency.Answer refused = operations.queue(QUESTION.replace("alive", "number_valid"));

    assertEquals(403, refused.status());
    assertEquals("vn-la/1/marriage/fields", refused.rule());
    JsonNode entry = log.entriesFrom(before).getFirst();
    assertEquals("refusal", entry.path("leg").asText());
    assertEquals(refused.rule(), entry.path("rule").asText());
    assertEquals(List.of(), around.peerDouble().received());
  }

  @Test
  void longerThanAgreedIsRefusedByThatRule() {
    TestAgency.Answer refused = operations.queue(QUESTION.replace("PT1H", "PT25H"));

    assertEquals(403, refused.status());
    assertEquals("vn-la/1/marriage/asynchronous", refused.rule());
  }

  @Test
  void aPurposeThatSaysNothingOfItLetsNothingWait() {
    String token =
        agency.token(
            claims ->
                claims
                    .subject("officer-7") // the purpose wants the officer named by the token
                    .claim("account_kind", "officer")
                    .claim("act", Map.of("sub", "vn-quang-tri-system"))
                    .claim(
                        "authorization_details",
                        List.of(
                            TestAgency.detail(
                                "civil-status", List.of("verify"), List.of("alive")))));
    String question =
        QUESTION
            .replace("marriage", "civil-status")
            .replaceFirst("\"predicates\": \\[.*]", "\"predicates\": [{\"name\": \"alive\"}]")
            .replaceFirst(", \"deadline\": \"PT1H\"", "");

    TestAgency.Answer refused =
        agency.post(agency.lookups(), token, question, "Prefer", "respond-async");

    assertEquals("vn-la/1/civil-status/asynchronous", refused.rule(), refused.response().body());
  }

  @Test
  void badInputIsRefusedAtOnce() {
    assertEquals(400, operations.queue(QUESTION.replace("verify", "guess")).status());
    assertEquals(400, operations.queue(QUESTION.replace("PT1H", "PT0.2S")).status());
    assertEquals(400, operations.queue(QUESTION.replace("\"LA\"", "\"TH\"")).status());
    assertEquals(400, operations.queue(QUESTION, "Idempotency-Key", "with space").status());
  }

  @Test
  void aQuotaThatIsUsedUpRefusesAtOnceAndARepeatTakesNothing() {
    String client = "quota-" + UUID.randomUUID();
    String token =
        agency.token(
            claims ->
                claims
                    .claim("client_id", client)
                    .subject(client)
                    .claim("quotas", Map.of("lookups_per_day", 1)));
    String[] first = {"Prefer", "respond-async, wait=10", "Idempotency-Key", "one"};

    assertEquals(200, agency.post(agency.lookups(), token, QUESTION, first).status());
    assertEquals(200, agency.post(agency.lookups(), token, QUESTION, first).status());
    TestAgency.Answer refused =
        agency.post(agency.lookups(), token, QUESTION, "Prefer", "respond-async");

    assertEquals(429, refused.status(), refused.response().body());
    assertTrue(refused.response().headers().firstValue("Retry-After").isPresent());
    assertEquals(
        1, operations.call("GET", "/v1/operations", token).body().path("operations").size());
  }
}
