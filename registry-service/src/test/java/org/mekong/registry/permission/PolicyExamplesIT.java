package org.mekong.registry.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** The examples of the OpenAPI document are what is asked and answered. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class PolicyExamplesIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  TestSetting setting;
  private PolicyClient admin;
  private JsonNode document = JSON.nullNode();

  @BeforeEach
  void read() throws Exception {
    admin = new PolicyClient(setting);
    document = JSON.readTree(admin.client().open().get("/q/openapi?format=json").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "purposes, pension",
    "field-sets, pension-proof",
    "permissions, civil-status-courts",
  })
  void eachIsAddedReadChangedAndEndedAsDocumented(String list, String code) throws Exception {
    String own = "e-" + UUID.randomUUID().toString().substring(0, 13);
    String path = "/admin/v1/" + list;
    JsonNode add = operation(path, "post");
    Response added = admin.post(list, request(add).replace(code, own));
    assertEquals(201, added.statusCode(), added.asString());
    compare(answer(add, "201"), added, code, own);
    Response got = admin.get(list + "/" + own);
    compare(answer(operation(path + "/{code}", "get"), "200"), got, code, own);
    JsonNode change = operation(path + "/{code}", "put");
    Response changed =
        admin.put(list + "/" + own, got.header("ETag"), request(change).replace(code, own));
    compare(answer(change, "200"), changed, code, own);
    Response ended = admin.end(list + "/" + own, changed.header("ETag"));
    compare(answer(operation(path + "/{code}/endings", "post"), "200"), ended, code, own);
    JsonNode page = JSON.readTree(admin.get(list).asString());
    JsonNode documented = answer(operation(path, "get"), "200");
    assertEquals(names(documented.path("items").get(0)).size() > 4, page.path("items").size() > 0);
    JsonNode versions = JSON.readTree(admin.get(list + "/" + own + "/versions").asString());
    assertEquals(3, versions.path("items").size());
    assertEquals(
        names(answer(operation(path + "/{code}/versions", "get"), "200").path("items").get(0)),
        names(versions.path("items").get(0)));
    for (JsonNode each :
        List.of(add, change, operation(path, "get"), operation(path + "/{code}/endings", "post"))) {
      assertTrue(!each.path("summary").asText().isEmpty());
    }
  }

  @Test
  void anExplanationIsAsDocumented() throws Exception {
    JsonNode explain = operation("/admin/v1/permissions/explanations", "post");
    Response answer = admin.post("permissions/explanations", request(explain));
    assertEquals(200, answer.statusCode());
    assertEquals(answer(explain, "200"), JSON.readTree(answer.asString()));
  }

  private JsonNode operation(String path, String method) {
    JsonNode operation = document.path("paths").path(path).path(method);
    assertTrue(operation.isObject(), method + " " + path);
    return operation;
  }

  private static String request(JsonNode operation) {
    JsonNode value =
        operation
            .at("/requestBody/content/application~1json/examples")
            .elements()
            .next()
            .path("value");
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static JsonNode answer(JsonNode operation, String status) throws Exception {
    JsonNode value =
        operation
            .path("responses")
            .path(status)
            .at("/content/application~1json/examples")
            .elements()
            .next()
            .path("value");
    return value.isTextual() ? JSON.readTree(value.asText()) : value;
  }

  /** Version, time and who changed it are of the moment; all else is as documented. */
  private static void compare(JsonNode documented, Response answer, String code, String own)
      throws Exception {
    assertTrue(answer.statusCode() < 300, answer.asString());
    ObjectNode actual = (ObjectNode) JSON.readTree(answer.asString().replace(own, code));
    for (String member : List.of("version", "ended", "changedBy", "changedAt")) {
      assertTrue(actual.has(member) && documented.has(member), member);
      actual.set(member, documented.path(member));
    }
    assertEquals(documented, actual);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new java.util.ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
