package org.mekong.identity.approval;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** The examples of the OpenAPI document, sent as they stand there; answers have their members. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class AdministrationExamplesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestSystem ADMIN = TestSystem.administrator();
  private static final Set<String> FREE = Set.of("entry", "content", "outcome", "keys");
  private JsonNode paths = JSON.nullNode();

  @BeforeEach
  void read() throws Exception {
    paths = JSON.readTree(given().get("/q/openapi?format=json").asString()).path("paths");
  }

  @Test
  void theExamplesRun() throws Exception {
    String agency = "/admin/v1/agencies/vn-quang-tri-civil-registry";
    String client = "/admin/v1/clients/vn-quang-tri-desk";
    run("post", "/admin/v1/agencies", "/admin/v1/agencies", 201);
    run("get", "/admin/v1/agencies", "/admin/v1/agencies?limit=1", 200);
    run("get", "/admin/v1/agencies/{id}", agency, 200);
    run("put", "/admin/v1/agencies/{id}", agency, 200);
    run("post", "/admin/v1/clients", "/admin/v1/clients", 201);
    run("get", "/admin/v1/clients", "/admin/v1/clients?agency=vn-quang-tri-civil-registry", 200);
    run("get", "/admin/v1/clients/{id}", client, 200);
    run("put", "/admin/v1/clients/{id}", client, 200);
    run("put", "/admin/v1/clients/{id}/keys", client + "/keys", 200);
    run("put", "/admin/v1/clients/{id}/status", client + "/status", 200);
    Response officer = run("post", "/admin/v1/accounts", "/admin/v1/accounts", 201);
    String account = "/admin/v1/accounts/" + officer.path("id");
    run("get", "/admin/v1/accounts", "/admin/v1/accounts?limit=1", 200);
    run("get", "/admin/v1/accounts/{id}", account, 200);
    run("put", "/admin/v1/accounts/{id}", account, 200);
    run("post", "/admin/v1/accounts/{id}/activation", account + "/activation", 201);
    run("put", "/admin/v1/accounts/{id}/status", account + "/status", 200);
    run("get", "/admin/v1/accounts/{id}/sessions", account + "/sessions", 200);
    run("get", "/admin/v1/proposals", "/admin/v1/proposals", 200);
    run("get", "/admin/v1/journal", "/admin/v1/journal?limit=1&act=client_suspended", 200);
    // What the examples hold is used up or not known here; they are well-formed.
    run("post", "/v1/activations", "/v1/activations", 404);
    run("post", "/v1/activations/completion", "/v1/activations/completion", 404);
    run("post", "/admin/v1/setup", "/admin/v1/setup", 403);
  }

  @Test
  void everyExampleIsJson() throws Exception {
    List<String> lacking = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (!path.getKey().startsWith("/admin/v1/")) {
        continue;
      }
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        JsonNode body = operation.getValue().path("requestBody");
        if (body.isObject() && example(body) == null) {
          lacking.add(operation.getKey() + " " + path.getKey());
        }
        assertTrue(operation.getValue().path("summary").asText().length() > 5, path.getKey());
      }
    }
    assertEquals(List.of(), lacking);
  }

  private Response run(String method, String path, String filled, int status) throws Exception {
    JsonNode operation = paths.path(path).path(method);
    String bare = filled.contains("?") ? filled.substring(0, filled.indexOf('?')) : filled;
    RequestSpecification request =
        ADMIN.authorised(method.toUpperCase(java.util.Locale.ROOT), bare);
    JsonNode body = example(operation.path("requestBody"));
    if (body != null) {
      String sent = body.toString().replace("https://localhost:8113", TestSystem.GATEWAY);
      request.contentType("application/json").body(sent);
    }
    if (operation.path("parameters").toString().contains("If-Match")) {
      request.header("If-Match", ADMIN.get(bare.replace("/keys", "")).header("ETag"));
    }
    Response answer = request.request(method, filled);
    assertEquals(status, answer.statusCode(), method + " " + path + " " + answer.asString());
    JsonNode shown = example(operation.path("responses").path(Integer.toString(status)));
    if (shown != null) {
      Set<String> given = new TreeSet<>();
      members("", JSON.readTree(answer.asString()), given);
      Set<String> expected = new TreeSet<>();
      members("", shown, expected);
      given.removeAll(expected);
      given.remove("/next");
      assertEquals(Set.of(), given, "not shown in the example of " + method + " " + path);
    }
    return answer;
  }

  private static void members(String at, JsonNode node, Set<String> into) {
    if (node instanceof ObjectNode) {
      node.properties()
          .forEach(
              member -> {
                into.add(at + "/" + member.getKey());
                if (!FREE.contains(member.getKey())) {
                  members(at + "/" + member.getKey(), member.getValue(), into);
                }
              });
    } else {
      node.forEach(item -> members(at + "/0", item, into));
    }
  }

  private static @org.jspecify.annotations.Nullable JsonNode example(JsonNode described)
      throws Exception {
    JsonNode examples = described.at("/content/application~1json/examples");
    if (!examples.elements().hasNext()) {
      return null;
    }
    JsonNode value = examples.elements().next().path("value");
    return value.isTextual() ? JSON.readTree(value.asText()) : value;
  }
}
