package org.mekong.registry.disclosure;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** A question that the gateway repeats under its request id discloses once. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class RepeatedQuestionIT {

  private static final int AT_ONCE = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  TestSetting setting;
  @Inject DataSource database;

  private RegistryClient client;
  private String number = "";
  private String request = "";

  @BeforeEach
  void register() throws Exception {
    client = new RegistryClient(setting);
    request = UUID.randomUUID().toString();
    number =
        JSON.readTree(
                client
                    .register(
                        """
                        {"names":[{"family":"Lý","middle":"Thị","given":"Mận"}],
                         "dateOfBirth":"1961-10-%02d","sex":2,"placeOfBirthRegistration":"045"}
                        """
                            .formatted(1 + (int) (Math.random() * 28)))
                    .then()
                    .statusCode(201)
                    .extract()
                    .asString())
            .path("personalNumber")
            .asText();
  }

  @Test
  void aRepeatIsAnsweredWithTheEntryOfTheFirst() throws Exception {
    JsonNode first = verified(number, "{\"name\":\"alive\"}", "");
    JsonNode again = verified(number, "{\"name\":\"alive\"}", "");

    assertEquals(first.path("answers"), again.path("answers"));
    assertEquals(first.path("disclosure"), again.path("disclosure"));
    assertEquals(1, disclosures());
  }

  @Test
  void whenThePersonMaySeeItIsNoPartOfTheQuestion() throws Exception {
    JsonNode first =
        verified(number, "{\"name\":\"alive\"}", ",\"visibleAfter\":\"2030-01-01T00:00:00Z\"");
    JsonNode again =
        verified(number, "{\"name\":\"alive\"}", ",\"visibleAfter\":\"2030-01-01T00:00:09Z\"");

    assertEquals(first.path("disclosure"), again.path("disclosure"));
    assertEquals(1, disclosures());
  }

  @Test
  void readingsAreRepeatedAlike() throws Exception {
    String body =
        """
        {"purpose":"marriage","subject":{"personalNumber":"%s"},"fields":["names"],
         "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
            .formatted(number, request);

    JsonNode first = JSON.readTree(post("/v1/readings", body, 200).asString());
    JsonNode again = JSON.readTree(post("/v1/readings", body, 200).asString());

    assertEquals(first.path("person"), again.path("person"));
    assertEquals(first.path("disclosure"), again.path("disclosure"));
    assertEquals(1, disclosures());
  }

  @Test
  void anUnknownPersonIsRepeatedAlike() throws Exception {
    JsonNode first = verified("045199999999", "{\"name\":\"alive\"}", "");
    JsonNode again = verified("045199999999", "{\"name\":\"alive\"}", "");

    assertEquals(first, withoutStatement(again, first));
    assertEquals(1, disclosures());
  }

  @Test
  void anotherQuestionUnderTheIdIsRefusedAndLeavesNothing() throws Exception {
    verified(number, "{\"name\":\"age_over\",\"years\":18}", "");

    ask(number, "{\"name\":\"age_over\",\"years\":19}", "")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:mekong:problem:request-id-reused"));
    ask("045199999999", "{\"name\":\"age_over\",\"years\":18}", "").then().statusCode(409);

    assertEquals(1, disclosures());
  }

  @Test
  void theSameIdOfAnotherNationIsAnotherQuestion() throws Exception {
    verified(number, "{\"name\":\"alive\"}", "");
    client
        .asGateway()
        .body(question(number, "{\"name\":\"alive\"}", "").replace("\"LA\"", "\"KH\""))
        .post("/v1/verifications")
        .then()
        .statusCode(200);

    assertEquals(2, disclosures());
  }

  @Test
  void copiesThatComeAtOnceDiscloseOnce() throws Exception {
    List<RequestSpecification> calls = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      calls.add(client.asGateway().body(question(number, "{\"name\":\"alive\"}", "")));
    }
    Set<JsonNode> places = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> answers =
          calls.stream().map(call -> threads.submit(() -> call.post("/v1/verifications"))).toList();
      for (Future<Response> answer : answers) {
        assertEquals(200, answer.get().statusCode(), answer.get().asString());
        places.add(JSON.readTree(answer.get().asString()).path("disclosure"));
      }
    }

    assertEquals(1, places.size());
    assertEquals(1, disclosures());
  }

  private static JsonNode withoutStatement(JsonNode again, JsonNode first) {
    com.fasterxml.jackson.databind.node.ObjectNode same = again.deepCopy();
    for (String own : List.of("statement", "statementSalt", "receipt")) {
      if (first.has(own)) {
        same.set(own, first.path(own));
      }
    }
    return same;
  }

  private JsonNode verified(String of, String predicate, String more) throws Exception {
    Response answer = ask(of, predicate, more);
    assertEquals(200, answer.statusCode(), answer.asString());
    return JSON.readTree(answer.asString());
  }

  private Response ask(String of, String predicate, String more) {
    return client.asGateway().body(question(of, predicate, more)).post("/v1/verifications");
  }

  private Response post(String path, String body, int status) {
    Response answer = client.asGateway().body(body).post(path);
    assertEquals(status, answer.statusCode(), answer.asString());
    return answer;
  }

  private String question(String of, String predicate, String more) {
    return """
    {"purpose":"marriage","subject":{"personalNumber":"%s"},"predicates":[%s],
     "requester":{"requestId":"%s","country":"LA","agency":"la-office"%s}}"""
        .formatted(of, predicate, request, more);
  }

  private long disclosures() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement count =
            connection.prepareStatement("select count(*) from disclosure where request_id = ?")) {
      count.setString(1, request);
      try (ResultSet row = count.executeQuery()) {
        assertTrue(row.next());
        return row.getLong(1);
      }
    }
  }
}
