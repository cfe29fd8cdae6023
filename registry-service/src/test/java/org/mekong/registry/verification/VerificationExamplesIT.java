package org.mekong.registry.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** The documented requests are answered, with the members of the documented answers. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class VerificationExamplesIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  TestSetting setting;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/verifications",
        "/v1/verifications/batch",
        "/v1/matches",
        "/v1/matches/batch"
      })
  void eachDocumentedRequestIsAnswered(String path) throws IOException {
    RegistryClient client = new RegistryClient(setting);
    JsonNode operation =
        JSON.readTree(client.open().get("/q/openapi?format=json").asString())
            .path("paths")
            .path(path)
            .path("post");
    assertFalse(operation.path("summary").asText().isEmpty());
    JsonNode requests = operation.at("/requestBody/content/application~1json/examples");
    JsonNode answers = operation.at("/responses/200/content/application~1json/examples");
    assertFalse(requests.isEmpty() || answers.isEmpty(), path);
    for (JsonNode request : requests) {
      JsonNode body = RegistryClient.underNewRequestId(value(request));
      Response answer =
          body.has("requester")
              ? client.asGateway().body(body.toString()).post(path)
              : client.as(token(client), "POST", path).body(body.toString()).post(path);
      assertEquals(200, answer.statusCode(), answer.asString());
      JsonNode given = JSON.readTree(answer.asString());
      JsonNode documented = value(answers.iterator().next());
      if (given.has("items")) {
        for (int i = 0; i < documented.path("items").size(); i++) {
          JsonNode item = documented.path("items").get(i);
          assertEquals(members(item), members(given.path("items").get(i)), path);
          JsonNode told = given.path("items").get(i).path("answer");
          // whether somebody is found for sure depends on who else is in the shared register
          if (told.path("outcome").equals(item.at("/answer/outcome"))) {
            assertEquals(members(item.path("answer")), members(told), path);
          }
          assertEquals(item.path("problem"), given.path("items").get(i).path("problem"), path);
        }
      } else if (!documented.has("match")) {
        assertEquals(members(documented), members(given), path);
      }
    }
  }

  private static String token(RegistryClient client) {
    return client.token(
        "person.read", List.of(RegistryClient.grant("civil-registration", "match", "names")));
  }

  private static JsonNode value(JsonNode example) throws IOException {
    JsonNode value = example.path("value");
    return value.isTextual() ? JSON.readTree(value.asText()) : value;
  }

  private static Set<String> members(JsonNode node) {
    Set<String> members = new TreeSet<>();
    node.fieldNames().forEachRemaining(members::add);
    return members;
  }
}
