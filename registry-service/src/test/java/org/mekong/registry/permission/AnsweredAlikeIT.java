package org.mekong.registry.permission;

import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.testing.RegistryNode;

/** A refusal tells of nobody: who is protected is answered like nobody at all. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class AnsweredAlikeIT extends ReaderTrials {

  @Test
  void whatIsForbiddenLooksLikeWhatIsNotHeld() {
    String forbidden =
        body(
            read(
                admin.token("marriage", "read", "", "names", "contact"),
                "marriage",
                "&fields=names,contact"));
    String notHeld =
        body(
            read(
                admin.token("civil-registration", "read", "", "names", "contact"),
                "civil-registration",
                "&fields=names,contact"));
    assertEquals(notHeld, forbidden);
    read(admin.token("marriage", "read", "", "names", "permanent_residence"), "marriage", "")
        .then()
        .body("$", hasKey("names"))
        .body("$", not(hasKey("permanentResidence")));
  }

  /** Status, headers and body, but for the ids of the request: nobody can tell them apart. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/names",
        "/identifiers",
        "/residences",
        "/relationships",
        "/household",
        "/nationalities",
        "/marital-status",
        "/life-status",
        "/events",
        "/diff",
      })
  void unknownAndWithheldPersonsAreAnsweredAlike(String part) {
    String withheld = person(",\"withheld\":true").path("id");
    String token =
        admin.token(
            "civil-registration",
            "read",
            "",
            "names",
            "personal_number",
            "permanent_residence",
            "parents",
            "household",
            "nationalities",
            "marital_status",
            "life_status",
            "vital_events");
    String query = "?purpose=civil-registration&fromAsOf=2020-01-01";
    String unknown = whole(get(token, "/v1/persons/" + UUID.randomUUID() + part, query));
    assertEquals(unknown, whole(get(token, "/v1/persons/" + withheld + part, query)));
    assertEquals(unknown, whole(get(token, "/v1/persons/no-key" + part, query)));
    assertFalse(unknown.equals(whole(get(token, "/v1/persons/" + id + part, query))));
    String other = admin.token("marriage", "read", "", "names");
    assertEquals(
        whole(get(other, "/v1/persons/" + UUID.randomUUID() + part, query)),
        whole(get(other, "/v1/persons/" + id + part, query)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/readings", "/v1/verifications"})
  void unknownAndWithheldNumbersAreAnsweredAlike(String path) {
    String question =
        path.endsWith("readings")
            ? "\"fields\":[\"names\"]"
            : "\"predicates\":[{\"name\":\"alive\"}]";
    String known = number;
    number = person(",\"withheld\":true").path("personalNumber");
    String withheld = whole(gateway(path, "marriage", question));
    number = "045199000000";
    assertEquals(withheld, whole(gateway(path, "marriage", question)));
    number = known;
    assertFalse(withheld.equals(whole(gateway(path, "marriage", question))));
  }

  @Test
  void eventsAndHouseholdsOfNobodyAndOfSomebodyProtectedAreAnsweredAlike() throws SQLException {
    String household = UUID.randomUUID().toString();
    String withheld =
        person(
                ",\"withheld\":true,\"household\":{\"id\":\"%s\",\"relationToHead\":\"head\"}"
                    .formatted(household))
            .path("id");
    String token =
        admin.token("civil-registration", "read", "", "names", "household", "vital_events");
    String query = "?purpose=civil-registration";
    assertEquals(
        whole(get(token, "/v1/households/" + UUID.randomUUID(), query)),
        whole(get(token, "/v1/households/" + household, query)));
    assertEquals(
        whole(get(token, "/v1/events/" + UUID.randomUUID(), query)),
        whole(get(token, "/v1/events/" + eventOf(withheld), query)));
    assertEquals(200, get(token, "/v1/events/" + eventOf(id), query).statusCode());
  }

  @Test
  void aSearchForSomebodyProtectedFindsAsMuchAsOneForNobody() {
    String given = "Uyển" + (char) ('a' + (int) (System.nanoTime() % 26));
    String token = admin.token("civil-registration", "search", "", "names");
    String before = whole(search(token, given));
    client
        .register(
            """
            {"names":[{"family":"Quách","given":"%s"}],"dateOfBirth":"1951-03-08",
             "sex":2,"placeOfBirthRegistration":"045","withheld":true}"""
                .formatted(given))
        .then()
        .statusCode(201);
    assertEquals(before, whole(search(token, given)));
  }

  /** An answer without the ids and proofs of its own request. */
  private static String whole(Response answer) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : answer.headers()) {
      headers.put(header.getName().toLowerCase(java.util.Locale.ROOT), header.getValue());
    }
    headers.keySet().removeAll(List.of("x-request-id", "date", "content-length"));
    return answer.statusCode() + " " + headers + " " + body(answer);
  }

  private static String body(Response answer) {
    return answer
        .asString()
        .replaceAll("urn:uuid:[0-9a-f-]+", "urn:uuid:")
        .replaceAll("\"disclosure\":\\{[^}]*}", "\"disclosure\":{}")
        .replaceAll("\"receipt\":\"[^\"]*\"", "\"receipt\":\"\"")
        .replaceAll("\"(statement|statementSalt)\":\"[^\"]*\"", "\"$1\":\"\"");
  }

  private Response search(String token, String given) {
    return client
        .as(token, "POST", "/v1/persons/search")
        .body(
            """
            {"purpose":"civil-registration","fields":["names"],
             "criteria":{"name":"Quách %s","dateOfBirth":"1951-03-08"}}"""
                .formatted(given))
        .post("/v1/persons/search");
  }

  private String eventOf(String person) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select event_id from person_event where person_id = ?")) {
      select.setObject(1, UUID.fromString(person));
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next());
        return row.getString(1);
      }
    }
  }
}
