package org.mekong.registry.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** What is documented of imports and exports can be sent, and is answered as documented. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class BulkExamplesIT {

  private static final Path EXAMPLES = Path.of("..", "docs", "examples");
  private static final String EXPORTS = "/v1/exports";

  TestSetting setting;
  private ImportClient client;
  private JsonNode paths;

  @BeforeEach
  void connect() {
    client = new ImportClient(setting);
    paths =
        ImportClient.json(client.plain().open().get("/q/openapi?format=json").asString())
            .path("paths");
  }

  @Test
  void everyExampleOfAnImportRuns() {
    String imports = ImportClient.IMPORTS;
    for (String type : List.of("text/csv", "application/x-ndjson")) {
      String example = example(paths.path(imports).path("post").path("requestBody"), type);
      Response taken = client.send(type, "", example.getBytes(StandardCharsets.UTF_8));
      same(paths.path(imports).path("post"), 202, taken);
      JsonNode view = client.ended(taken);
      assertEquals(view.path("rows"), view.path("accepted"), client.problems(view).toString());
      String id = view.path("id").asText();
      same(
          paths.path(imports + "/{id}/cancellation").path("post"),
          200,
          client.post(imports + "/" + id + "/cancellation"));
    }
    same(paths.path(imports).path("get"), 200, client.get(imports + "?limit=1"));
  }

  @Test
  void theExampleFilesCanBeImported() throws IOException {
    Response csv = client.send("text/csv", "", Files.readAllBytes(EXAMPLES.resolve("persons.csv")));
    JsonNode view = client.ended(csv);
    assertEquals(3, view.path("accepted").asInt(), client.problems(view).toString());
    Response lines =
        client.send(
            "application/x-ndjson", "", Files.readAllBytes(EXAMPLES.resolve("persons.ndjson")));
    assertEquals(2, client.ended(lines).path("accepted").asInt());
  }

  @Test
  void everyExampleOfAnExportRuns() {
    RegistryClient plain = client.plain();
    String token =
        plain.token(
            "register.export",
            List.of(RegistryClient.grant("civil-registration", "read", "names", "date_of_birth")));
    String body = example(paths.path(EXPORTS).path("post").path("requestBody"), "application/json");
    Response started =
        plain
            .as(token, "POST", EXPORTS)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .body(body)
            .post(EXPORTS);
    same(paths.path(EXPORTS).path("post"), 201, started);
    String location = started.header("Location");
    same(
        paths.path(EXPORTS + "/{id}").path("get"),
        200,
        plain.as(token, "GET", location).get(location));
    plain
        .register(
            """
            {"names":[{"family":"Trần","given":"Hoa"}],"dateOfBirth":"1999","sex":2,
             "placeOfBirthRegistration":"045",
             "residences":[{"kind":"permanent","province":"44"}]}""")
        .then()
        .statusCode(201);
    String persons = location + "/persons";
    Response page =
        plain.as(token, "GET", persons).accept("application/x-ndjson").get(persons + "?limit=1");
    assertEquals(200, page.statusCode());
    assertTrue(ImportClient.json(page.asString()).has("id"), page.asString());
  }

  @Test
  void everyOperationHasASummaryAndAnExample() {
    int operations = 0;
    for (var path : paths.properties()) {
      if (path.getKey().startsWith(ImportClient.IMPORTS) || path.getKey().startsWith(EXPORTS)) {
        for (JsonNode operation : path.getValue()) {
          if (operation.has("summary")) {
            operations++;
            assertTrue(
                operation.path("responses").toString().contains("\"examples\""), path.getKey());
          }
        }
      }
    }
    assertEquals(8, operations);
  }

  private static String example(JsonNode of, String type) {
    JsonNode value = of.path("content").path(type).path("examples").elements().next().path("value");
    return value.isTextual() ? value.asText() : value.toString();
  }

  /** The answer has the documented status, and no member that is not documented. */
  private static void same(JsonNode operation, int status, Response response) {
    assertEquals(status, response.statusCode(), response.asString());
    String example =
        example(operation.path("responses").path(Integer.toString(status)), "application/json");
    Set<String> more = members(ImportClient.json(response.asString()));
    more.removeAll(members(ImportClient.json(example)));
    more.removeAll(Set.of("rate", "remainingSeconds", "cursor"));
    assertEquals(Set.of(), more);
  }

  private static Set<String> members(JsonNode object) {
    Set<String> members = new TreeSet<>();
    object.fieldNames().forEachRemaining(members::add);
    return members;
  }
}
