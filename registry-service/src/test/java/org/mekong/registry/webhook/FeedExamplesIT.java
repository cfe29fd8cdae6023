package org.mekong.registry.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.webhooks.testing.Receiver;

/**
 * Every documented example of the feed and of webhooks can be sent, and gets an answer of the form
 * documented.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class FeedExamplesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEBHOOKS = "/admin/v1/webhooks";
  private static final String ONE = WEBHOOKS + "/{id}";

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  private RegistryClient client;
  private JsonNode paths = JSON.nullNode();

  @Test
  void everyExampleRuns() throws Exception {
    client = new RegistryClient(setting);
    paths = JSON.readTree(client.open().get("/q/openapi?format=json").asString()).path("paths");
    everyOperationHasASummaryAndAnExample();
    feed();
    webhooks();
  }

  /** What a receiver gets is what the document says, and its example is signed as it says. */
  @Test
  void theMessageIsDocumentedAsItComes() throws Exception {
    client = new RegistryClient(setting);
    JsonNode api = JSON.readTree(client.open().get("/q/openapi?format=json").asString());
    assertTrue(api.path("openapi").asText().startsWith("3.1."), api.path("openapi").asText());
    JsonNode told = api.path("webhooks").path("register.changes").path("post");
    Map<String, String> headers = new TreeMap<>();
    for (JsonNode parameter : told.path("parameters")) {
      assertEquals("header", parameter.path("in").asText());
      assertTrue(parameter.path("required").asBoolean());
      headers.put(parameter.path("name").asText(), parameter.path("example").asText());
    }
    JsonNode content = told.at("/requestBody/content/application~1json");
    JsonNode example = read(content.path("examples").elements().next().path("value"));
    paths = api.path("paths");
    String secret = documented(WEBHOOKS, "post", 201).path("secret").asText();
    Receiver.Received shown =
        new Receiver.Received(
            headers.get("webhook-id"),
            headers.get("webhook-timestamp"),
            headers.get("webhook-signature"),
            JSON.writeValueAsString(example));
    assertEquals(1, shown.signed(secret), "the example is signed with the example's secret");
    assertEquals(3, headers.size());
    try (Receiver receiver = new Receiver(TestCertificates.serverContext(setting.folder()))) {
      Response made = send("POST", WEBHOOKS, "{\"url\":\"%s\"}".formatted(receiver.url()));
      UUID person = new Book(database, events).person("1944-01-01", Sex.MALE).personId();
      Receiver.Received received = tellingOf(person, receiver);
      send("DELETE", WEBHOOKS + "/" + made.<String>path("id"), "");
      assertEquals(1, received.valid(made.path("secret")));
      assertEquals(shown.id().length(), received.id().length());
      assertEquals(shown.timestamp().length(), received.timestamp().length());
      assertEquals(shown.signatures().length(), received.signatures().length());
      assertEquals(tree(example), tree(received.json()));
      JsonNode schema = resolved(api, content.path("schema"));
      assertEquals(members(example), members(schema.path("properties")));
      JsonNode data = resolved(api, schema.at("/properties/data"));
      assertEquals(members(example.path("data")), members(data.path("properties")));
    }
    Set<String> answers = new TreeSet<>();
    told.path("responses").fieldNames().forEachRemaining(answers::add);
    assertEquals(Set.of("2XX", "410", "default"), answers);
  }

  /** The message of a person; what other tests have done may come before it. */
  private static Receiver.Received tellingOf(UUID person, Receiver receiver) throws Exception {
    for (int many = 1; ; many++) {
      Receiver.Received newest = receiver.await(many).get(many - 1);
      if (newest.body().contains(person.toString())) {
        return newest;
      }
    }
  }

  private static JsonNode resolved(JsonNode api, JsonNode schema) {
    return schema.has("$ref") ? api.at(schema.path("$ref").asText().substring(1)) : schema;
  }

  /** The members at each depth. */
  private static Set<String> tree(JsonNode node) {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      names.add(member.getKey());
      tree(member.getValue()).forEach(name -> names.add(member.getKey() + "/" + name));
    }
    node.forEach(item -> names.addAll(node.isArray() ? tree(item) : Set.of()));
    return names;
  }

  private void everyOperationHasASummaryAndAnExample() {
    int operations = 0;
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (path.getKey().startsWith("/v1/changes") || path.getKey().startsWith(WEBHOOKS)) {
        for (JsonNode operation : path.getValue()) {
          if (operation.has("summary")) {
            operations++;
            String responses = operation.path("responses").toString();
            assertTrue(
                responses.contains("\"examples\"") || responses.contains("\"204\""), path.getKey());
          }
        }
      }
    }
    assertEquals(10, operations);
  }

  private void feed() throws Exception {
    JsonNode operation = paths.path("/v1/changes").path("get");
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      query.add(parameter.path("name").asText() + "=" + parameter.path("example").asText());
    }
    assertEquals(4, query.size());
    Response filtered = get("/v1/changes?" + String.join("&", query));
    assertEquals(200, filtered.statusCode(), filtered.asString());
    String cursor = get("/v1/changes?after=latest").path("next");
    var unused = new Book(database, events).person("1944-01-01", Sex.MALE);
    Response answer = get("/v1/changes?after=" + cursor);
    for (int i = 0; i < 100 && answer.<List<Object>>path("changes").isEmpty(); i++) {
      Thread.sleep(50);
      answer = get("/v1/changes?after=" + cursor);
    }
    same("/v1/changes", "get", 200, answer);
    JsonNode documented = documented("/v1/changes", "get", 200);
    assertEquals(
        members(documented.at("/changes/0")),
        members(JSON.readTree(answer.asString()).at("/changes/0")));
    assertEquals(documented.path("next").asText().length(), answer.<String>path("next").length());
  }

  private void webhooks() throws Exception {
    try (Receiver receiver = new Receiver(TestCertificates.serverContext(setting.folder()))) {
      List<String> made = new ArrayList<>();
      for (JsonNode example : requests(WEBHOOKS, "post").values()) {
        String body =
            example.toString().replace("https://example.com/population-changes", receiver.url());
        Response created = send("POST", WEBHOOKS, body);
        same(WEBHOOKS, "post", 201, created);
        made.add(created.path("id"));
      }
      assertEquals(2, made.size());
      String path = WEBHOOKS + "/" + made.getFirst();
      same(WEBHOOKS, "get", 200, send("GET", WEBHOOKS, ""));
      same(ONE, "get", 200, send("GET", path, ""));
      for (JsonNode example : requests(ONE, "patch").values()) {
        same(ONE, "patch", 200, send("PATCH", path, example.toString()));
      }
      same(ONE + "/secrets", "post", 201, send("POST", path + "/secrets", ""));
      same(ONE + "/deliveries", "get", 200, send("GET", path + "/deliveries?state=dead", ""));
      for (JsonNode example : requests(ONE + "/replays", "post").values()) {
        same(ONE + "/replays", "post", 202, send("POST", path + "/replays", example.toString()));
      }
      for (String id : made) {
        assertEquals(204, send("DELETE", WEBHOOKS + "/" + id, "").statusCode());
      }
    }
  }

  private Map<String, JsonNode> requests(String path, String method)
      throws JsonProcessingException {
    Map<String, JsonNode> requests = new TreeMap<>();
    JsonNode examples =
        paths.path(path).path(method).at("/requestBody/content/application~1json/examples");
    for (Map.Entry<String, JsonNode> example : examples.properties()) {
      requests.put(example.getKey(), read(example.getValue().path("value")));
    }
    assertFalse(requests.isEmpty(), path);
    return requests;
  }

  private JsonNode documented(String path, String method, int status)
      throws JsonProcessingException {
    return read(
        paths
            .path(path)
            .path(method)
            .path("responses")
            .path(Integer.toString(status))
            .at("/content/application~1json/examples")
            .elements()
            .next()
            .path("value"));
  }

  private static JsonNode read(JsonNode value) throws JsonProcessingException {
    return value.isTextual() ? JSON.readTree(value.asText()) : value;
  }

  private void same(String path, String method, int status, Response response)
      throws JsonProcessingException {
    assertEquals(status, response.statusCode(), path + ": " + response.asString());
    assertEquals(
        members(documented(path, method, status)),
        members(JSON.readTree(response.asString())),
        path);
  }

  private static Set<String> members(JsonNode object) {
    Set<String> members = new TreeSet<>();
    object.fieldNames().forEachRemaining(members::add);
    members.remove("next"); // a last page has none
    members.remove("formerSecretUntil");
    return members;
  }

  private Response get(String path) {
    return client.as(client.token("feed.read", List.of()), "GET", path).get(path);
  }

  private Response send(String method, String path, String body) {
    RequestSpecification request =
        client
            .as(client.token("registry.admin", List.of()), method, path)
            .header("Idempotency-Key", UUID.randomUUID().toString());
    if (method.equals("PATCH") || method.equals("DELETE")) {
      request = request.header("If-Match", send("GET", path, "").header("ETag"));
    }
    return (body.isEmpty() ? request : request.body(body)).request(method, path);
  }
}
