package org.mekong.registry.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/**
 * The OpenAPI file says the truth: its parameter examples make a request that is answered, and each
 * response example is the answer to the request in its summary, in a register that holds the
 * documented life.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class DocumentedExamplesIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  TestSetting setting;
  @Inject DataSource database;
  @Inject Timelines timelines;
  private RegistryClient client;
  private JsonNode paths = JSON.nullNode();

  @BeforeEach
  void live() throws SQLException, ChangeRefused, Timelines.NumberTaken, IOException {
    new DocumentedLife(database, timelines).live();
    client = new RegistryClient(setting);
    paths = JSON.readTree(client.open().get("/q/openapi?format=json").asString()).path("paths");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/persons/{id}",
        "/v1/persons/{id}/names",
        "/v1/persons/{id}/identifiers",
        "/v1/persons/{id}/residences",
        "/v1/persons/{id}/relationships",
        "/v1/persons/{id}/household",
        "/v1/persons/{id}/nationalities",
        "/v1/persons/{id}/marital-status",
        "/v1/persons/{id}/life-status",
        "/v1/persons/{id}/events",
        "/v1/persons/{id}/diff",
        "/v1/households/{id}"
      })
  void eachReadingIsAnsweredAsDocumented(String path) throws IOException {
    JsonNode operation = paths.path(path).path("get");
    assertFalse(operation.path("summary").asText().isEmpty(), path);
    String url = path;
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asText();
      JsonNode example = parameter.path("example");
      if (parameter.path("in").asText().equals("path")) {
        url = url.replace('{' + name + '}', example.asText());
      } else if (!example.isMissingNode()) {
        query.add(name + '=' + example.asText());
      }
    }
    assertTrue(query.contains("purpose=civil-registration"), query.toString());
    assertEquals(200, get(url + '?' + String.join("&", query)).statusCode(), path);

    JsonNode examples = examples(operation);
    assertFalse(examples.isEmpty(), path);
    for (JsonNode example : examples) {
      String request = example.path("summary").asText();
      compare(JSON.readTree(example.path("value").toString()), get(url + request), request);
    }
  }

  @Test
  void eachReadingByBodyIsAnsweredAsDocumented() throws IOException {
    JsonNode operation = paths.path("/v1/readings").path("post");
    Map<String, JsonNode> answers = byName(examples(operation));
    Map<String, JsonNode> requests =
        byName(
            operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("examples"));
    assertEquals(3, requests.size());
    for (Map.Entry<String, JsonNode> request : requests.entrySet()) {
      String body = RegistryClient.underNewRequestId(request.getValue().path("value")).toString();
      Response answer =
          request.getKey().equals("by the gateway")
              ? client.asGateway().body(body).post("/v1/readings")
              : client.as(token(), "POST", "/v1/readings").body(body).post("/v1/readings");
      assertEquals(200, answer.statusCode(), request.getKey());
      JsonNode documented = answers.remove(request.getKey());
      if (documented != null) {
        compare(documented.path("value"), answer, request.getKey());
      }
    }
    assertEquals(Map.of(), answers);
  }

  private static Map<String, JsonNode> byName(JsonNode examples) {
    Map<String, JsonNode> byName = new HashMap<>();
    examples.properties().forEach(each -> byName.put(each.getKey(), each.getValue()));
    return byName;
  }

  private static JsonNode examples(JsonNode operation) {
    return operation
        .path("responses")
        .path("200")
        .path("content")
        .path("application/json")
        .path("examples");
  }

  private Response get(String url) {
    return client.as(token(), "GET", url).get(url);
  }

  private String token() {
    String[] fields =
        Arrays.stream(PersonField.values()).map(PersonField::code).toArray(String[]::new);
    return client.token(
        "person.read", List.of(RegistryClient.grant("civil-registration", "read", fields)));
  }

  /** The place in the log is of the moment; all else is as documented. */
  private static void compare(JsonNode documented, Response answer, String what)
      throws IOException {
    assertEquals(200, answer.statusCode(), what);
    ObjectNode actual = (ObjectNode) JSON.readTree(answer.asString());
    for (String trace : List.of("disclosure", "receipt")) {
      assertTrue(actual.has(trace) && documented.has(trace), what);
      actual.set(trace, documented.path(trace));
    }
    if (documented.has("receipts")) {
      assertEquals(documented.path("receipts").size(), actual.path("receipts").size(), what);
      actual.set("receipts", documented.path("receipts"));
    }
    assertEquals(documented, actual, what);
  }
}
