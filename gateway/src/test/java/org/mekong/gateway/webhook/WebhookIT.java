package org.mekong.gateway.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestOperations;
import org.mekong.webhooks.testing.Receiver;

/** An agency's system is told which operations are final, by signed messages, and nothing more. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WebhookIT {

  private static final String QUESTION =
      TestAgency.marriage("LA-4711-0815")
          .replace("\"deadline\": \"PT5S\"", "\"deadline\": \"PT1H\"");
  private static final String PATH = "/v1/webhooks";
  private static final String ALL_DEAD = "{\"dead\": true}";

  @Inject Transactions transactions;

  Surroundings around;
  private TestAgency agency;
  private TestOperations operations;
  private Receiver receiver;
  private String token;

  @BeforeEach
  void begin() throws Exception {
    agency = new TestAgency(around);
    operations = new TestOperations(around, agency);
    receiver = new Receiver(around.receiverContext());
    String client = "webhook-" + UUID.randomUUID();
    token = agency.token(claims -> claims.claim("client_id", client).subject(client));
    around.peerDouble().reset();
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private TestAgency.Answer post(String path, String body) {
    return agency.post(around.gateway().resolve(path), token, body);
  }

  private JsonNode created() {
    TestAgency.Answer made = post(PATH, "{\"url\": \"" + receiver.url() + "\"}");
    assertEquals(201, made.status(), made.response().body());
    return made.body();
  }

  private String queue() {
    TestAgency.Answer queued =
        agency.post(agency.lookups(), token, QUESTION, "Prefer", "respond-async");
    assertEquals(202, queued.status(), queued.response().body());
    return queued.body().path("id").asText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"url\": \"http://localhost/x\"}",
        "{\"url\": \"https://user@localhost/x\"}",
        "{\"url\": \"https://10.1.2.3/x\"}",
        "{\"url\": \"https://169.254.169.254/latest\"}",
        "{\"url\": \"https://no-such-host.invalid/x\"}",
        "{\"url\": \"https://localhost/x\", \"secret\": \"mine\"}"
      })
  void whereNobodyMayBeToldIsRefused(String body) {
    assertEquals(400, post(PATH, body).status());
  }

  @Test
  void othersFindNothing() {
    String path = PATH + "/" + created().path("id").asText();

    assertEquals(404, operations.call("GET", path).status());
    assertEquals(404, operations.call("DELETE", path).status());
    URI secrets = around.gateway().resolve(path + "/secrets");
    assertEquals(404, agency.post(secrets, agency.token(), "{}").status());
    assertEquals(404, operations.call("GET", path + "/deliveries").status());
    URI replays = around.gateway().resolve(path + "/replays");
    assertEquals(404, agency.post(replays, agency.token(), ALL_DEAD).status());
    assertEquals(200, operations.call("GET", path, token).status());
    assertEquals(1, operations.call("GET", PATH, token).body().path("webhooks").size());
  }

  @Test
  void aMessageTellsWhichOperationIsFinalAndIsSigned() throws Exception {
    JsonNode webhook = created();
    String operation = queue();

    Receiver.Received message = receiver.await(1).getFirst();

    assertEquals(1, message.signed(webhook.path("secret").asText()));
    assertEquals("operation.finished", message.json().path("type").asText());
    JsonNode data = message.json().path("data");
    assertEquals(operation, data.path("operation").asText());
    assertEquals("answered", data.path("state").asText());
    assertEquals(
        around.gateway().resolve("/v1/operations/" + operation),
        URI.create(data.path("location").asText()));
    assertEquals(4, data.size());
    assertFalse(message.body().contains("4711"));
    assertEquals(
        "answered",
        operations.call("GET", "/v1/operations/" + operation, token).body().path("state").asText());
  }

  @Test
  void theSecretIsShownOnceAndLiesSealed() throws Exception {
    JsonNode webhook = created();
    String path = PATH + "/" + webhook.path("id").asText();

    assertFalse(operations.call("GET", path, token).response().body().contains("whsec_"));
    assertEquals(409, post(PATH, "{\"url\": \"" + receiver.url() + "\"}").status());
    byte[] sealed =
        transactions.in(
            connection -> {
              try (var select =
                  connection.prepareStatement("SELECT secret FROM webhook WHERE webhook_id = ?")) {
                select.setObject(1, UUID.fromString(webhook.path("id").asText()));
                try (var row = select.executeQuery()) {
                  row.next();
                  return row.getBytes(1);
                }
              }
            });
    assertEquals(12 + 32 + 16, sealed.length);
  }

  @Test
  void aRenewedSecretSignsBesideTheOneBefore() throws Exception {
    JsonNode webhook = created();
    String path = PATH + "/" + webhook.path("id").asText() + "/secrets";
    TestAgency.Answer renewed = post(path, "{}");
    assertEquals(201, renewed.status(), renewed.response().body());
    queue();

    Receiver.Received message = receiver.await(1).getFirst();

    assertEquals(1, message.signed(webhook.path("secret").asText()));
    assertEquals(1, message.signed(renewed.body().path("secret").asText()));
  }

  @Test
  void whatIsNotTakenIsSentAgainUnderTheSameIdAndThenGivenUp() throws Exception {
    JsonNode webhook = created();
    receiver.answers(500);
    queue();

    List<Receiver.Received> messages = receiver.await(3);

    assertEquals(1, new HashSet<>(messages.stream().map(Receiver.Received::id).toList()).size());
    String path = PATH + "/" + webhook.path("id").asText();
    for (int i = 0; i < 100; i++) {
      if (operations.call("GET", path, token).body().path("given").asInt() == 1) {
        return;
      }
      TestOperations.pause();
    }
    throw new AssertionError(operations.call("GET", path, token).response().body());
  }

  @Test
  void aReceiverThatIsGoneIsLeftAloneUntilItsClientSaysOtherwise() throws Exception {
    String path = PATH + "/" + created().path("id").asText();
    receiver.answers(410);
    queue();
    receiver.await(1);
    JsonNode stopped = operations.call("GET", path, token).body();
    for (int i = 0; i < 100 && !stopped.path("state").asText().equals("stopped"); i++) {
      TestOperations.pause();
      stopped = operations.call("GET", path, token).body();
    }
    assertEquals("gone", stopped.path("reason").asText());
    assertEquals(1, stopped.path("waiting").asInt());

    receiver.answers(204);
    URI target = around.gateway().resolve(path);
    TestAgency.Answer resumed =
        agency.send(
            HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("PATCH", target, token))
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"state\": \"active\"}")));

    assertEquals(200, resumed.status(), resumed.response().body());
    assertEquals(2, receiver.await(2).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"dead\": false}",
        "{\"delivery\": \"x\"}",
        "{\"delivery\": \"0193a5b2-7c11-7d33-9a55-000000000002\", \"dead\": true}",
        "{\"after\": \"latest\"}"
      })
  void whatIsToBeDeliveredAgainIsOneThing(String body) {
    String path = PATH + "/" + created().path("id").asText();
    assertEquals(400, post(path + "/replays", body).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=replaced",
        "state=DEAD",
        "limit=0",
        "limit=101",
        "cursor=AQ",
        "cursor=*",
        "cursor=AYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void aListOfSomethingElseIsRefused(String query) {
    String path = PATH + "/" + created().path("id").asText() + "/deliveries?";
    assertEquals(400, operations.call("GET", path + query, token).status());
  }

  @Test
  void whatWasSentIsListedTheLatestFirst() throws Exception {
    String path = PATH + "/" + created().path("id").asText() + "/deliveries";
    assertEquals("{\"deliveries\":[]}", list(path).toString());
    String first = queue();
    List<Receiver.Received> one = receiver.await(1);
    String second = queue();
    receiver.await(2);

    JsonNode page = until(path + "?state=delivered", 2);

    assertEquals(List.of(second, first), page.path("deliveries").findValuesAsText("operation"));
    JsonNode earlier = page.at("/deliveries/1");
    assertEquals(one.getFirst().id(), earlier.path("id").asText());
    assertEquals("answered", earlier.path("operationState").asText());
    assertEquals("delivered", earlier.path("state").asText());
    assertEquals("delivered", earlier.path("outcome").asText());
    assertEquals(204, earlier.path("status").asInt());
    assertEquals(1, earlier.path("attempts").asInt());
    assertEquals(9, earlier.size());
    JsonNode latest = list(path + "?limit=1");
    assertEquals(List.of(second), latest.path("deliveries").findValuesAsText("operation"));
    JsonNode rest = list(path + "?limit=1&cursor=" + latest.path("next").asText());
    assertEquals(List.of(first), rest.path("deliveries").findValuesAsText("operation"));
    assertFalse(rest.has("next"));
    assertEquals(0, list(path + "?state=dead").path("deliveries").size());
  }

  @Test
  void aDeadLetterIsSentAgainUnderItsId() throws Exception {
    String path = PATH + "/" + created().path("id").asText();
    receiver.answers(500);
    queue();
    JsonNode dead = until(path + "/deliveries?state=dead", 1).at("/deliveries/0");
    assertEquals("refused", dead.path("outcome").asText());
    assertEquals(500, dead.path("status").asInt());
    assertEquals(3, dead.path("attempts").asInt());
    String none = "{\"delivery\": \"" + UUID.randomUUID() + "\"}";
    TestAgency.Answer unknown = post(path + "/replays", none);
    assertEquals(409, unknown.status());
    assertEquals("webhook/dead-letter", unknown.body().path("rule").asText());
    String another =
        post(PATH, "{\"url\": \"" + receiver.url() + "2\"}").body().path("id").asText();
    String itself = "{\"delivery\": \"" + dead.path("id").asText() + "\"}";
    assertEquals(409, post(PATH + "/" + another + "/replays", itself).status());

    receiver.answers(204);
    TestAgency.Answer replayed = post(path + "/replays", itself);

    assertEquals(202, replayed.status(), replayed.response().body());
    assertEquals(1, replayed.body().path("revived").asInt());
    assertEquals(path, PATH + "/" + replayed.body().path("webhook").asText());
    JsonNode delivered = until(path + "/deliveries?state=delivered", 1).at("/deliveries/0");
    assertEquals(dead.path("id"), delivered.path("id"));
    assertEquals(receiver.all().getFirst().id(), receiver.all().getLast().id());
    assertEquals(409, post(path + "/replays", itself).status());
    assertEquals(0, post(path + "/replays", ALL_DEAD).body().path("revived").asInt());
  }

  private JsonNode list(String path) {
    TestAgency.Answer answer = operations.call("GET", path, token);
    assertEquals(200, answer.status(), answer.response().body());
    return answer.body();
  }

  private JsonNode until(String path, int many) {
    for (int i = 0; i < 200 && list(path).path("deliveries").size() < many; i++) {
      TestOperations.pause();
    }
    JsonNode page = list(path);
    assertEquals(many, page.path("deliveries").size(), page.toString());
    return page;
  }

  @Test
  void anEndedWebhookHearsNothing() {
    String path = PATH + "/" + created().path("id").asText();

    assertEquals(204, operations.call("DELETE", path, token).status());
    String operation = queue();
    for (int i = 0; i < 100; i++) {
      JsonNode state = operations.call("GET", "/v1/operations/" + operation, token).body();
      if (!state.path("state").asText().equals("pending")) {
        break;
      }
      TestOperations.pause();
    }
    TestOperations.pause();
    assertTrue(receiver.all().isEmpty());
    assertEquals(404, operations.call("DELETE", path, token).status());
  }
}
