package org.mekong.registry.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** Every documented example of matching can be sent, and gets an answer of the form documented. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class MatchingExamplesIT {

  private static final String ONE = "0193a5b2-7c11-7d33-9a55-000000000001";
  private static final String MATCHING = "/admin/v1/matching";

  TestSetting setting;
  private MatchingClient client;
  private JsonNode paths;

  @Test
  void everyExampleRuns() {
    client = new MatchingClient(setting);
    paths =
        MatchingClient.json(client.plain().open().get("/q/openapi?format=json").asString())
            .path("paths");
    everyOperationHasASummaryAndAnExample();

    String rules = MATCHING + "/rules";
    JsonNode added =
        send(rules, "post", 201, "/rules", request(rules, "post", "stricter on names"));
    String version = MATCHING + "/rules/{version}";
    String one = rules + "/" + added.path("version").asText();
    same(version, "get", 200, client.admin("GET", one, ""));
    same(rules, "get", 200, client.admin("GET", rules + "?limit=1", ""));
    String inForce = rules + "/in-force";
    same(inForce, "put", 200, client.admin("PUT", inForce, request(inForce, "put", "version 1")));
    job("/dry-runs", request(MATCHING + "/dry-runs", "post", "version 1"));
    job("/runs", "");
    duplicates();
  }

  private void duplicates() {
    String first = pair("Ksor", "1950-01-01");
    pair("Rơ", "1951-01-01");
    String list = "/v1/duplicates";
    same(list, "get", 200, client.officer("GET", list + "?limit=1", ""));
    String path = list + "/" + first;
    Response shown = client.officer("GET", path + "?purpose=administration", "");
    same(list + "/{id}", "get", 200, shown);
    String survivor = MatchingClient.json(shown.asString()).at("/persons/0/id").asText();
    String decisions = list + "/{id}/decisions";
    Response decided =
        client.decide(first, request(decisions, "post", "the same").replace(ONE, survivor));
    same(decisions, "post", 201, decided);
    Response revised = client.decide(first, request(decisions, "post", "revised"));
    assertEquals(201, revised.statusCode(), revised.asString());
  }

  private String pair(String family, String birth) {
    String[] ids = new String[2];
    for (int i = 0; i < 2; i++) {
      ids[i] =
          client
              .register(
                  """
                  {"names":[{"family":"%s","given":"Hoa"}],"dateOfBirth":"%s","sex":2,
                   "placeOfBirthRegistration":"045"}
                  """
                      .formatted(family, birth))
              .path("id")
              .asText();
    }
    return client.pair(ids[0], ids[1], "open").path("id").asText();
  }

  private void job(String kind, String body) {
    Response started = client.admin("POST", MATCHING + kind, body);
    same(MATCHING + kind, "post", 202, started);
    client.finished(started.header("Location"));
    same(
        MATCHING + kind + "/{id}", "get", 200, client.admin("GET", started.header("Location"), ""));
  }

  private JsonNode send(String path, String method, int status, String name, String body) {
    assertTrue(path.endsWith(name));
    Response response = client.admin("POST", path, body);
    same(path, method, status, response);
    return MatchingClient.json(response.asString());
  }

  private void everyOperationHasASummaryAndAnExample() {
    int operations = 0;
    for (Iterator<Map.Entry<String, JsonNode>> all = paths.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> path = all.next();
      if (path.getKey().startsWith(MATCHING) || path.getKey().startsWith("/v1/duplicates")) {
        for (JsonNode operation : path.getValue()) {
          if (operation.has("summary")) {
            operations++;
            assertTrue(
                operation.path("responses").toString().contains("\"examples\""), path.getKey());
          }
        }
      }
    }
    assertEquals(11, operations);
  }

  private String request(String path, String method, String name) {
    JsonNode value =
        paths
            .path(path)
            .path(method)
            .at("/requestBody/content/application~1json/examples")
            .path(name)
            .path("value");
    assertTrue(!value.isMissingNode(), path + " " + name);
    return value.isTextual() ? value.asText() : value.toString();
  }

  /** The answer has the documented status and members. */
  private void same(String path, String method, int status, Response response) {
    assertEquals(status, response.statusCode(), path + ": " + response.asString());
    JsonNode examples =
        paths
            .path(path)
            .path(method)
            .path("responses")
            .path(Integer.toString(status))
            .at("/content/application~1json/examples");
    JsonNode value = examples.elements().next().path("value");
    JsonNode documented = value.isTextual() ? MatchingClient.json(value.asText()) : value;
    assertEquals(members(documented), members(MatchingClient.json(response.asString())), path);
  }

  private static Set<String> members(JsonNode object) {
    Set<String> members = new TreeSet<>();
    object.fieldNames().forEachRemaining(members::add);
    return members;
  }
}
