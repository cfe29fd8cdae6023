package org.mekong.registry.vitalevent.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.VitalEvent;

/** Every documented example of an event can be sent, and gets what is documented. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class EventExamplesIT {

  private static final String MERGE_PLACEHOLDER = "0193a5b2-7c11-7d33-9a55-0000000000e1";
  private static final ObjectMapper JSON = new ObjectMapper();

  TestSetting setting;
  @Inject DataSource database;
  @Inject Timelines timelines;

  @Test
  void everyExampleRuns() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    settle();
    String earlier = marry(client, 8, 9, "2015-06-06");
    marry(client, 5, 6, "2023-01-01");

    JsonNode api = JSON.readTree(client.open().get("/q/openapi?format=json").asString());
    JsonNode operation = api.at("/paths/~1v1~1events/post");
    JsonNode examples = operation.at("/requestBody/content/application~1json/examples");
    Map<String, JsonNode> answers = new HashMap<>();
    Set<String> types = new TreeSet<>();
    List<String> names = new ArrayList<>();
    examples.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode example = examples.get(name).get("value");
      String body = body(example);
      if (answers.containsKey("merge")) {
        body = body.replace(MERGE_PLACEHOLDER, answers.get("merge").path("id").asText());
      }
      Response response = send(client, "/v1/events", body);
      assertEquals(201, response.statusCode(), name + ": " + response.asString());
      JsonNode answer = JSON.readTree(response.asString());
      answers.put(answer.path("type").asText(), answer);
      types.add(answer.path("type").asText());
      assertEquals("/v1/events/" + answer.path("id").asText(), response.header("Location"), name);
    }
    assertEquals(allTypes(), types, "one example for every type");

    JsonNode documented =
        JSON.readTree(
            body(operation.at("/responses/201/content/application~1json/examples/marriage/value")));
    assertEquals(members(documented), members(answers.get("marriage")));
    assertEquals(documented.path("persons"), answers.get("marriage").path("persons"));
    assertEquals("number-mismatch", answers.get("sex_correction").at("/warnings/0/rule").asText());
    assertEquals("2", answers.get("death").at("/persons/0/version").asText());

    String corrections = "/v1/events/" + earlier + "/corrections";
    String correction =
        body(
            example(api, "/paths/~1v1~1events~1{id}~1corrections/post", "marriage on another day"));
    Response corrected = send(client, corrections, correction);
    assertEquals(201, corrected.statusCode(), corrected.asString());

    String annulments =
        "/v1/events/" + answers.get("name_change").path("id").asText() + "/annulments";
    String annulment =
        body(
            example(
                api, "/paths/~1v1~1events~1{id}~1annulments/post", "entered for another person"));
    Response annulled = send(client, annulments, annulment);
    assertEquals(201, annulled.statusCode(), annulled.asString());

    reads(client, answers);
  }

  /** The person protected by the last example is in none of these. */
  private void reads(RegistryClient client, Map<String, JsonNode> answers) throws Exception {
    String token =
        client.token(
            "person.read",
            List.of(RegistryClient.grant("civil-registration", "read", "vital_events")));
    for (JsonNode answer : answers.values()) {
      String path = "/v1/events/" + answer.path("id").asText();
      Response read = client.as(token, "GET", path).get(path + "?purpose=civil-registration");
      boolean hidden =
          Set.of("declared_missing", "found", "protection_change")
              .contains(answer.path("type").asText());
      assertEquals(hidden ? 404 : 200, read.statusCode(), answer + ": " + read.asString());
      if (!hidden) {
        JsonNode event = JSON.readTree(read.asString());
        assertEquals(answer.path("type"), event.path("type"));
        assertTrue(event.path("receipt").asText().startsWith("c2sp.org/tlog-proof@v1"));
        assertTrue(event.at("/event/cause").isMissingNode(), "a cause of death is nobody's");
      }
    }
    JsonNode merge = event(client, token, answers.get("merge").path("id").asText());
    assertEquals(answers.get("split").path("id"), merge.path("supersededBy"));
    assertEquals("false", merge.path("stands").asText());
  }

  private JsonNode event(RegistryClient client, String token, String id) throws Exception {
    String path = "/v1/events/" + id;
    return JSON.readTree(
        client.as(token, "GET", path).get(path + "?purpose=civil-registration").asString());
  }

  private static JsonNode example(JsonNode api, String operation, String name) {
    return api.at(operation)
        .at("/requestBody/content/application~1json/examples")
        .get(name)
        .get("value");
  }

  private void settle() {
    Settlers settlers = new Settlers(database, timelines);
    settlers.enter(id(1), Sex.FEMALE, "1996-04-12");
    settlers.enter(id(2), Sex.MALE, "1994-01-05");
    settlers.enter(id(3), Sex.MALE, "1940");
    settlers.enter(id(4), Sex.FEMALE, "1995-05");
    settlers.enter(id(5), Sex.FEMALE, "1990-01-01");
    settlers.enter(id(6), Sex.MALE, "1990-01-01");
    settlers.enter(id(7), Sex.FEMALE, "2018-03-03");
    settlers.enter(id(8), Sex.FEMALE, "1985-02-02");
    settlers.enter(id(9), Sex.MALE, "1984-02-02");
    settlers.enter(id(10), Sex.MALE, "2014-09-09");
    settlers.enter(id(11), Sex.MALE, "2021-09-09");
    settlers.enter(id(12), Sex.FEMALE, "1999-09-09");
    settlers.enter(id(13), Sex.MALE, "1970-07-07");
    settlers.enter(id(14), Sex.FEMALE, "1988-08-08");
    settlers.enter(id(15), Sex.FEMALE, "1988");
  }

  private String marry(RegistryClient client, int one, int other, String day) {
    return send(
            client,
            "/v1/events",
            """
            {"type":"marriage","spouses":[{"personId":"%s"},{"personId":"%s"}],
             "circumstances":{"occurredOn":"%s","office":"o-1","registrar":"r-1",
              "document":{"kind":"certificate","number":"1"}}}
            """
                .formatted(id(one), id(other), day))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static Response send(RegistryClient client, String path, String body) {
    return client
        .as(client.token("person.write", List.of()), "POST", path)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body(body)
        .post(path);
  }

  private static UUID id(int number) {
    return UUID.fromString("0193a5b2-7c11-7d33-9a55-0000000000%02d".formatted(number));
  }

  /** An example as it stands, but for the older number, which other tests may declare as well. */
  private static String body(JsonNode example) {
    String text = example.isTextual() ? example.asText() : example.toString();
    return text.replace("197123456", "197654321");
  }

  private static Set<String> members(JsonNode object) {
    Set<String> members = new TreeSet<>();
    object.fieldNames().forEachRemaining(members::add);
    return members;
  }

  private static Set<String> allTypes() {
    Set<String> types =
        Arrays.stream(VitalEvent.class.getPermittedSubclasses())
            .map(VitalEvent::typeOf)
            .collect(Collectors.toCollection(TreeSet::new));
    types.removeAll(Set.of("correction", "event_annulment"));
    return types;
  }
}
