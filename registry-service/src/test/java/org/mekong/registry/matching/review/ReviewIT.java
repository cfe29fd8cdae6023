package org.mekong.registry.matching.review;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.matching.MatchingClient;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ReviewIT {

  private static int born;

  TestSetting setting;
  @Inject DataSource database;
  private MatchingClient client;

  @BeforeEach
  void connect() {
    client = new MatchingClient(setting);
  }

  @Test
  void onlyReviewersSeeTheQueueAndOnlyForAPurposeThatTheirTokenGrants() {
    Two two = two();
    RegistryClient plain = client.plain();
    for (String scope : List.of("person.read", "person.write", "registry.admin")) {
      String token = plain.token(scope, List.of());
      plain.as(token, "GET", "/v1/duplicates").get("/v1/duplicates").then().statusCode(403);
    }
    plain.open().get("/v1/duplicates").then().statusCode(401);
    String path = "/v1/duplicates/" + two.pair;
    client
        .officer("GET", path, "")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("purpose"));
    client
        .officer("GET", path + "?purpose=marriage", "")
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/marriage/read"));
    client
        .officer("GET", "/v1/duplicates/" + UUID.randomUUID() + "?purpose=administration", "")
        .then()
        .statusCode(404);
    client.officer("GET", "/v1/duplicates/1?purpose=administration", "").then().statusCode(404);
  }

  @Test
  void refusesWhatIsNoQueryOfTheQueue() {
    for (String query :
        List.of("state=new", "minScore=high", "province=99", "limit=0", "limit=101", "cursor=x")) {
      client
          .officer("GET", "/v1/duplicates?" + query, "")
          .then()
          .statusCode(400)
          .body("violations.field", hasItem(query.substring(0, query.indexOf('='))));
    }
  }

  @Test
  void aCursorBelongsToItsQuery() {
    two();
    two();
    String next =
        client
            .officer("GET", "/v1/duplicates?limit=1", "")
            .then()
            .statusCode(200)
            .body("duplicates", hasSize(1))
            .extract()
            .path("next");
    client
        .officer("GET", "/v1/duplicates?limit=1&cursor=" + next, "")
        .then()
        .statusCode(200)
        .body("duplicates", hasSize(1));
    client
        .officer("GET", "/v1/duplicates?limit=1&state=different&cursor=" + next, "")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("cursor"));
  }

  @Test
  void aSecondRegistrationIsComparedAndWarnedOfAndExplainsItsScore() {
    String day = day();
    JsonNode first = client.register(person("Trần", "Thị", "Bưởi", day, "045"));
    JsonNode second = client.register(person("Tran", "Thi", "Buoi", day, "045"));
    assertEquals(0, first.path("warnings").size(), first.toString());
    assertEquals("possible-duplicates", second.at("/warnings/0/rule").asText(), second.toString());
    String one = first.path("id").asText();
    String other = second.path("id").asText();
    JsonNode pair = client.pair(one, other, "open");
    assertEquals("match", pair.path("outcome").asText());
    assertTrue(pair.path("score").asDouble() > 23);

    client
        .officer(
            "GET", "/v1/duplicates/" + pair.path("id").asText() + "?purpose=administration", "")
        .then()
        .statusCode(200)
        .body("findings.fields.find{it.field=='given_name'}.level", equalTo("same_letters"))
        .body("findings.fields.find{it.field=='date_of_birth'}.level", equalTo("same"))
        .body("persons.id", hasItems(one, other))
        .body("persons[0].fields.names", notNullValue())
        .body("persons[0].fields.permanentResidence", nullValue())
        .body("decisions", hasSize(0))
        .body("receipt", containsString("tlog-proof"));
    for (String person : List.of(one, other)) {
      assertEquals(1, disclosures(person));
    }
  }

  @Test
  void protectedPersonsTakeNoPart() throws SQLException {
    String day = day();
    client.register(
        person("Lê", "Văn", "Khuất", day, "045")
            .replace("{\"names\"", "{\"withheld\":true,\"names\""));
    JsonNode second = client.register(person("Lê", "Văn", "Khuất", day, "045"));
    assertEquals(0, second.path("warnings").size(), "nothing tells of somebody protected");

    Two two = two();
    execute(
        "update person set document = jsonb_set(document::jsonb, '{particulars,withheld}', 'true')"
            + "::json where person_id = '%s'".formatted(two.other));
    client
        .officer("GET", "/v1/duplicates/" + two.pair + "?purpose=administration", "")
        .then()
        .statusCode(404);
    client
        .decide(two.pair, "{\"decision\":\"different\",\"reason\":\"Seen both\"}")
        .then()
        .statusCode(404);
  }

  @Test
  void aDecisionNeedsItsReasonAndNamesWhatItRevises() {
    Two two = two();
    client
        .decide(two.pair, "{\"decision\":\"perhaps\"}")
        .then()
        .statusCode(400)
        .body("violations.field", hasItems("decision", "reason"));
    client
        .decide(
            two.pair,
            "{\"decision\":\"different\",\"reason\":\"Seen both\",\"survivor\":\"%s\"}"
                .formatted(two.one))
        .then()
        .statusCode(400)
        .body("violations.rule", hasItem("same-only"));
    client
        .decide(two.pair, "{\"decision\":\"different\",\"reason\":\"Seen both\",\"revises\":1}")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("revises"));
    client
        .decide(
            two.pair,
            "{\"decision\":\"same\",\"reason\":\"Seen both\",\"survivor\":\"%s\"}"
                .formatted(UUID.randomUUID()))
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("survivor"));
    assertEquals("open", client.pair(two.one, two.other, "open").path("state").asText());
  }

  @Test
  void ofTwoOfficersOneWinsAndTheOtherIsToldTheDecision() throws Exception {
    Two two = two();
    try (ExecutorService officers = Executors.newFixedThreadPool(2)) {
      List<Future<Response>> answers = new ArrayList<>();
      for (String word : List.of("different", "undecided")) {
        answers.add(
            officers.submit(
                () ->
                    new MatchingClient(setting)
                        .decide(
                            two.pair,
                            "{\"decision\":\"%s\",\"reason\":\"Seen\"}".formatted(word))));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Response> answer : answers) {
        Response response = answer.get();
        statuses.add(response.statusCode());
        if (response.statusCode() == 409) {
          response
              .then()
              .body("decision.number", equalTo(1))
              .body("decision.agency", equalTo("vn-test"))
              .body("decision.reason", nullValue());
        }
      }
      assertEquals(List.of(201, 409), statuses.stream().sorted().toList());
    }
  }

  @Test
  void repeatingADecisionWithItsKeyReturnsTheFirstOutcome() {
    Two two = two();
    String key = UUID.randomUUID().toString();
    String path = "/v1/duplicates/" + two.pair + "/decisions";
    String body = "{\"decision\":\"undecided\",\"reason\":\"Papers are missing\"}";
    String first =
        client.officer("POST", path, body, key).then().statusCode(201).extract().asString();
    String again =
        client.officer("POST", path, body, key).then().statusCode(201).extract().asString();
    assertEquals(first, again);
    String reviewer = client.plain().token("duplicate.review", List.of());
    String operation = "/v1/operations/" + key;
    client
        .plain()
        .as(reviewer, "GET", operation)
        .get(operation)
        .then()
        .statusCode(200)
        .body("decision", equalTo("undecided"));
    client.officer("POST", path, body.replace("missing", "lost"), key).then().statusCode(422);
  }

  @Test
  void theSameMergesAndARevisionSplitsAgain() {
    Two two = two();
    String event =
        client
            .decide(
                two.pair,
                "{\"decision\":\"same\",\"reason\":\"One paper\",\"survivor\":\"%s\"}"
                    .formatted(two.one))
            .then()
            .statusCode(201)
            .body("number", equalTo(1))
            .body("survivor", equalTo(two.one))
            .extract()
            .path("eventId");
    assertEquals(two.one, mergedInto(two.other));
    client
        .decide(two.pair, "{\"decision\":\"different\",\"reason\":\"Two after all\"}")
        .then()
        .statusCode(409)
        .body("decision.decision", equalTo("same"));
    client
        .decide(two.pair, "{\"decision\":\"different\",\"reason\":\"Two after all\",\"revises\":1}")
        .then()
        .statusCode(201)
        .body("eventId", not(equalTo(event)));
    assertEquals("", mergedInto(two.other));
    client
        .decide(two.pair, "{\"decision\":\"same\",\"reason\":\"One\",\"revises\":2}")
        .then()
        .statusCode(201);
    assertEquals(two.one, mergedInto(two.other));
    client
        .officer("GET", "/v1/duplicates/" + two.pair + "?purpose=administration", "")
        .then()
        .statusCode(200)
        .body("decisions.decision", equalTo(List.of("same", "different", "same")))
        .body("duplicate.state", equalTo("same"));
  }

  private record Two(String one, String other, String pair) {}

  /** Two registrations of one person, and their pair. */
  private Two two() {
    String day = day();
    String one = client.register(person("Phạm", "Văn", "Đức", day, "001")).path("id").asText();
    String other = client.register(person("Pham", "Van", "Duc", day, "001")).path("id").asText();
    JsonNode pair = client.pair(one, other, "open");
    return new Two(
        pair.path("personId").asText(), pair.path("otherId").asText(), pair.path("id").asText());
  }

  private static String day() {
    return java.time.LocalDate.of(1961, 1, 2).plusDays(37L * born++).toString();
  }

  private static String person(
      String family, String middle, String given, String birth, String place) {
    return """
        {"names":[{"family":"%s","middle":"%s","given":"%s"}],"dateOfBirth":"%s","sex":1,
         "placeOfBirthRegistration":"%s",
         "residences":[{"kind":"permanent","province":"44","text":"Phường Đông Hà"}]}
        """
        .formatted(family, middle, given, birth, place);
  }

  private String mergedInto(String person) {
    return text(
        "select coalesce(merged_into::text, '') from person where person_id = '" + person + "'");
  }

  private int disclosures(String person) {
    return Integer.parseInt(
        text("select count(*) from disclosure where person_id = '" + person + "'"));
  }

  private String text(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String change) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    }
  }
}
