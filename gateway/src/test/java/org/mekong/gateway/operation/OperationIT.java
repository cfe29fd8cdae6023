package org.mekong.gateway.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.lookup.LookupRequest;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestOperations;

/**
 * A caller that does not wait gets an operation, and in it what a waiting caller would have got.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OperationIT {

  private static final String QUESTION =
      TestAgency.marriage("LA-4711-0815")
          .replace("\"deadline\": \"PT5S\"", "\"deadline\": \"PT1H\"");

  @Inject Transactions transactions;
  @Inject Operations table;
  @Inject OperationCleaner cleaner;
  @Inject OperationDesk desk;

  Surroundings around;
  private TestAgency agency;
  private TestOperations operations;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    operations = new TestOperations(around, agency);
    around.peerDouble().reset();
  }

  private static String location(TestAgency.Answer queued) {
    assertEquals(202, queued.status(), queued.response().body());
    return queued.response().headers().firstValue("Location").orElseThrow();
  }

  private static UUID id(String path) {
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }

  private Operations.Content content(String path) throws Exception {
    return transactions.in(connection -> table.content(connection, id(path)));
  }

  @Test
  void othersFindNothing() {
    String path = location(operations.queue(QUESTION));
    String stranger =
        agency.token(claims -> claims.claim("client_id", "another").subject("another"));

    assertEquals(404, operations.call("GET", path, stranger).status());
    assertEquals(404, operations.call("DELETE", path, stranger).status());
    assertEquals(404, operations.call("GET", "/v1/operations/" + UUID.randomUUID()).status());
    assertEquals(404, operations.call("GET", "/v1/operations/none").status());
    operations.finished(path);
  }

  @Test
  void theOperationHoldsTheAnswer() {
    TestAgency.Answer queued = operations.queue(QUESTION);
    assertEquals(
        "respond-async", queued.response().headers().firstValue("Preference-Applied").orElse(""));
    assertEquals("pending", queued.body().path("state").asText());

    TestAgency.Answer done = operations.finished(location(queued));

    assertEquals("answered", done.body().path("state").asText(), done.response().body());
    JsonNode answer = done.body().path("answer");
    assertEquals("yes", answer.at("/answers/0/answer").asText());
    assertTrue(answer.at("/trace/answer/index").isInt());
    assertEquals(List.of("request", "answer"), operations.legs(answer.path("requestId").asText()));
    assertEquals(1, around.peerDouble().received().size());
  }

  @Test
  void whoWaitsAllTheSameGetsTheAnswerInTime() {
    TestAgency.Answer answer = agency.ask(QUESTION, "Prefer", "respond-async, wait=10");

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals("answered", answer.body().path("outcome").asText());
    assertEquals(
        "wait=10", answer.response().headers().firstValue("Preference-Applied").orElse(""));
  }

  @Test
  void aRefusalOfThePeerIsTheProblemOfALookup() {
    var refusal =
        new org.mekong.gateway.message.Refusal(
            "vn-la/1/marriage/agency", 403, "Not this agency.", "Ask another.");
    around.peerDouble().refuse(refusal);

    TestAgency.Answer done = operations.finished(location(operations.queue(QUESTION)));
    TestAgency.Answer waited = agency.ask(QUESTION, "Prefer", "respond-async, wait=10");

    assertEquals("refused", done.body().path("state").asText());
    assertEquals(refusal.rule(), done.body().at("/problem/rule").asText());
    assertEquals("LA", done.body().at("/problem/refusedBy").asText());
    assertEquals(403, waited.status());
    assertEquals(refusal.rule(), waited.rule());
  }

  @Test
  void anAbsentPeerIsAskedAgainWithTheSameRequest() {
    around.peerDouble().stop();
    String path;
    try {
      path = location(operations.queue(QUESTION));
      TestAgency.Answer waiting = operations.until(path, List.of("pending"));
      while (!waiting.body().has("failure")) {
        TestOperations.pause();
        waiting = operations.call("GET", path);
      }
      assertEquals("exchange/unreachable", waiting.body().path("failure").asText());
      assertTrue(waiting.response().headers().firstValue("Retry-After").isPresent());
    } finally {
      around.peerDouble().restart();
    }
    around.peerDouble().unavailable(1);

    TestAgency.Answer done = operations.finished(path);

    assertEquals("answered", done.body().path("state").asText(), done.response().body());
    assertEquals(1, new HashSet<>(around.peerDouble().received()).size());
    assertEquals(
        List.of("request", "answer"),
        operations.legs(done.body().at("/answer/requestId").asText()));
  }

  @Test
  void whenItsTimeIsOverThatIsLoggedAndFinal() throws Exception {
    around.peerDouble().unavailable(1_000);
    String path = location(operations.queue(QUESTION.replace("PT1H", "PT2S")));

    TestAgency.Answer done = operations.finished(path);

    assertEquals("expired", done.body().path("state").asText());
    assertEquals("lookup/expired", done.body().at("/problem/rule").asText());
    String request = around.peerDouble().received().getFirst().split("\\.", -1)[1];
    JsonNode sent = StrictJson.mapper().readTree(java.util.Base64.getUrlDecoder().decode(request));
    assertTrue(sent.path("expires").asLong() - sent.path("iat").asLong() <= 2);
    assertEquals(List.of("request", "failure"), operations.legs(sent.path("request_id").asText()));
  }

  @Test
  void theSameKeyIsTheSameOperation() {
    String key = UUID.randomUUID().toString();
    String first = location(operations.queue(QUESTION, "Idempotency-Key", key));
    operations.finished(first);
    String second = location(operations.queue(QUESTION, "Idempotency-Key", key));
    TestAgency.Answer other =
        operations.queue(QUESTION.replace("4711", "4712"), "Idempotency-Key", key);

    assertEquals(first, second);
    assertEquals(422, other.status());
    assertEquals(1, around.peerDouble().received().size());
  }

  @Test
  void noCallersKeyReachesAnOperation() {
    String path = location(operations.queue(QUESTION));
    operations.finished(path);

    assertEquals(400, agency.ask(QUESTION, "Idempotency-Key", "operation " + id(path)).status());
  }

  @Test
  void theTokenMustStillCoverTheQuestion() {
    String path = location(operations.queue(QUESTION));
    operations.finished(path);
    String narrower =
        agency.token(
            claims ->
                claims.claim(
                    "authorization_details",
                    List.of(TestAgency.detail("marriage", List.of("verify"), List.of("alive")))));

    TestAgency.Answer refused = operations.call("GET", path, narrower);

    assertEquals(403, refused.status());
    assertEquals("token/fields", refused.rule());
  }

  @Test
  void nothingOnThePersonLiesOpenAndItIsErasedOnceFetched() throws Exception {
    String path = location(operations.queue(QUESTION));
    Operations.Content before = content(path);
    operations.finished(path);
    Operations.Content after = content(path);

    assertFalse(new String(before.question(), StandardCharsets.ISO_8859_1).contains("4711"));
    assertFalse(new String(after.outcome(), StandardCharsets.ISO_8859_1).contains("answers"));
    assertEquals(0, open(path));
    cleaner.clean(Instant.now().plus(Duration.ofMinutes(16)));
    assertNull(content(path).outcome());
    assertNull(content(path).question());
    TestAgency.Answer erased = operations.call("GET", path);
    assertEquals("answered", erased.body().path("state").asText());
    assertTrue(erased.body().path("erased").asBoolean());
  }

  private int open(String path) throws Exception {
    return transactions.in(
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT count(*) FROM keyed_lookup WHERE idempotency_key = ?"
                      + " AND (outcome IS NOT NULL OR signed_request IS NOT NULL)")) {
            select.setString(1, "operation " + id(path));
            try (var row = select.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  @Test
  void aClientListsItsOwnPageByPage() {
    String token = agency.token(claims -> claims.claim("client_id", "lister").subject("lister"));
    List<String> queued = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      queued.addFirst(
          location(agency.post(agency.lookups(), token, QUESTION, "Prefer", "respond-async")));
    }
    JsonNode first = operations.call("GET", "/v1/operations?limit=2", token).body();
    JsonNode second =
        operations
            .call("GET", "/v1/operations?limit=2&cursor=" + first.path("next").asText(), token)
            .body();

    List<String> listed = new ArrayList<>();
    first.path("operations").forEach(each -> listed.add(each.at("/links/self").asText()));
    second.path("operations").forEach(each -> listed.add(each.at("/links/self").asText()));
    assertEquals(queued, listed);
    assertTrue(second.path("next").isMissingNode());
    assertEquals(400, operations.call("GET", "/v1/operations?cursor=x").status());
    assertEquals(400, operations.call("GET", "/v1/operations?limit=0").status());
    assertEquals(400, operations.call("GET", "/v1/operations?state=lost").status());
    assertEquals(
        0,
        operations
            .call("GET", "/v1/operations?state=cancelled", token)
            .body()
            .path("operations")
            .size());
  }

  @Test
  void whatIsNotYetBeingSentCanBeWithdrawn() throws Exception {
    Operation later = operation(Instant.now().plus(Duration.ofMinutes(10)));
    String path = OperationView.PATH + later.id();

    assertEquals(204, operations.call("DELETE", path).status());
    assertEquals(204, operations.call("DELETE", path).status());
    assertEquals("cancelled", operations.call("GET", path).body().path("state").asText());
    assertNull(content(path).question());
  }

  @Test
  void whatWasSentCannotBeWithdrawn() {
    around.peerDouble().delay(500);
    String path = location(operations.queue(QUESTION));
    while (around.peerDouble().received().isEmpty()) {
      TestOperations.pause();
    }

    assertEquals("operation-sent", operations.call("DELETE", path).type());
    operations.finished(path);
    assertEquals("operation-final", operations.call("DELETE", path).type());
  }

  private Operation operation(Instant due) throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    LookupRequest request = StrictJson.mapper().readValue(QUESTION, LookupRequest.class);
    var operation =
        new Operation(
            RequestIds.next(),
            "vn-quang-tri-system",
            "LA",
            "verify",
            "marriage",
            State.PENDING,
            now,
            now.plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS),
            null,
            0,
            null,
            due,
            null);
    Agency asking =
        StrictJson.mapper()
            .readValue(
                """
                {"clientId": "vn-quang-tri-system", "id": "vn-quang-tri-civil-registry",
                 "agencyClass": "civil-registry", "grants": [], "quota": {}}
                """,
                Agency.class);
    assertTrue(desk.add(operation, asking, request, null));
    return operation;
  }
}
