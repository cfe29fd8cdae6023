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
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.book.EventRegistrar;

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
    try (Receiver receiver = new Receiver(setting.folder())) {
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
