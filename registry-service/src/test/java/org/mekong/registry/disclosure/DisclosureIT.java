package org.mekong.registry.disclosure;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Requester;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class DisclosureIT {

  TestSetting setting;
  @Inject DataSource database;
  @Inject DisclosureDesk desk;

  private RegistryClient client;
  private String id = "";
  private String number = "";

  @BeforeEach
  void register() throws JsonProcessingException {
    client = new RegistryClient(setting);
    JsonNode person = person("");
    id = person.path("id").asText();
    number = person.path("personalNumber").asText();
  }

  @Test
  void everyReadLeavesAnEntryThatProvesOffline() throws Exception {
    Response answer = verify(number, "\"visibleAfter\":null");
    JsonNode body = json(answer.then().statusCode(200).extract().asString());
    assertEquals("yes", body.at("/answers/0/answer").asText());

    String origin = body.at("/disclosure/origin").asText();
    String key =
        client.open().get("/log/" + origin.substring(origin.length() - 4) + "/key").asString();
    String proof = body.path("receipt").asText();
    VerifiedEntry verified = ProofVerifier.verify(proof, policy(key));
    JsonNode entry = json(new String(verified.entry(), StandardCharsets.UTF_8));

    assertEquals(body.at("/disclosure/index").asLong(), verified.index());
    assertEquals("disclosure", entry.path("kind").asText());
    assertEquals("LA", entry.path("from").asText());
    assertEquals("VN", entry.path("to").asText());
    assertEquals("marriage", entry.path("purpose").asText());
    assertEquals("[\"alive\"]", entry.path("fields").toString());
    assertEquals(1, entry.path("count").asInt());
    assertFalse(entry.toString().contains(number) || entry.toString().contains(id));
    assertThrows(
        ProofException.class,
        () -> ProofVerifier.verify(proof.replaceFirst("index [0-9]+", "index 99999"), policy(key)));
  }

  @Test
  void unknownAndWithheldPersonsGetTheSameAnswerAndTheSameTrace() throws Exception {
    String withheld = person(",\"withheld\":true").path("personalNumber").asText();
    for (String asked : List.of(withheld, "045199000000", "no-such-number")) {
      JsonNode body =
          json(verify(asked, "\"officer\":\"o-1\"").then().statusCode(200).extract().asString());
      assertEquals("unknown", body.at("/answers/0/answer").asText());
      assertEquals(5, body.size());
      JsonNode entry = lastEntry();
      assertEquals(0, entry.path("count").asInt());
      assertEquals("not_available", entry.path("outcome").asText());

      JsonNode reading = json(read(asked).then().statusCode(200).extract().asString());
      assertEquals("not_available", reading.path("outcome").asText());
      assertTrue(reading.path("person").isMissingNode());
    }
  }

  @Test
  void unknownAndWithheldPersonsAreTheSame404ByTheirKey() throws Exception {
    String withheld = person(",\"withheld\":true").path("id").asText();
    String token =
        client.token(
            "person.read", List.of(RegistryClient.grant("civil-registration", "read", "names")));
    for (String asked : List.of(withheld, UUID.randomUUID().toString())) {
      String path = "/v1/persons/" + asked;
      long before = entries();
      client
          .as(token, "GET", path)
          .get(path + "?purpose=civil-registration")
          .then()
          .statusCode(404)
          .body("type", equalTo("urn:mekong:problem:no-such-person"));
      assertEquals(before + 1, entries());
    }
  }

  @Test
  void aReadThatFailsLeavesNeitherAnswerNorEntry() throws SQLException {
    long before = entries() + rows();
    Enquiry enquiry =
        new Enquiry(
            Kind.READ,
            "marriage",
            new Requester(UUID.randomUUID().toString(), "VN", "a", null, null, null),
            List.of("names"));

    assertThrows(
        IllegalStateException.class,
        () ->
            desk.give(
                enquiry,
                transaction -> {
                  throw new IllegalStateException("the reading failed");
                }));
    assertEquals(before, entries() + rows());
  }

  @Test
  void whatCannotBeLoggedIsNotGiven() throws Exception {
    execute("alter table log_entry rename to log_entry_away");
    try {
      String body =
          verify(number, "\"officer\":\"o-1\"").then().statusCode(503).extract().asString();
      assertFalse(body.contains("answer\""), body);
      assertEquals("urn:mekong:problem:not-recorded", json(body).path("type").asText());
      read(number).then().statusCode(503).body("person", nullValue());
    } finally {
      execute("alter table log_entry_away rename to log_entry");
    }
    verify(number, "\"officer\":\"o-1\"").then().statusCode(200);
  }

  @Test
  void aPersonsDisclosuresAreListedWithProofsOnceTheyMayBeSeen() throws Exception {
    verify(number, "\"officer\":\"o-1\"").then().statusCode(200);
    verify(number, "\"visibleAfter\":\"2099-01-01T00:00:00Z\"").then().statusCode(200);
    read(number).then().statusCode(200);
    String token =
        client.token(
            "person.read", List.of(RegistryClient.grant("administration", "read", "disclosures")));
    String path = "/v1/persons/" + id + "/disclosures";

    String first =
        client
            .as(token, "GET", path)
            .get(path + "?purpose=administration&limit=1")
            .then()
            .statusCode(200)
            .body("disclosures.kind", contains("read"))
            .body("disclosures.proof", everyItem(startsWith(path + "/")))
            .extract()
            .asString();
    // The first page was itself logged, before the cursor's place and so not on the next page.
    client
        .as(token, "GET", path)
        .get(path + "?purpose=administration&limit=1&cursor=" + json(first).path("next").asText())
        .then()
        .statusCode(200)
        .body("disclosures.kind", contains("verify"))
        .body("disclosures[0].officer", equalTo("o-1"))
        .body("next", nullValue());
    client
        .as(token, "GET", path)
        .get(path + "?purpose=administration&cursor=forged")
        .then()
        .statusCode(400);
    String proof = json(first).at("/disclosures/0/proof").asText();
    client
        .as(token, "GET", proof)
        .get(proof + "?purpose=administration")
        .then()
        .statusCode(200)
        .body(startsWith("c2sp.org/tlog-proof@v1"));
  }

  @Test
  void anAgencyHearsNothingOfWhoLookedAtAPersonWhoIsProtectedOrUnknown() throws Exception {
    String withheld = person(",\"withheld\":true").path("id").asText();
    String token =
        client.token(
            "person.read", List.of(RegistryClient.grant("administration", "read", "disclosures")));
    for (String asked : List.of(withheld, UUID.randomUUID().toString(), "x")) {
      String path = "/v1/persons/" + asked + "/disclosures";
      client
          .as(token, "GET", path)
          .get(path + "?purpose=administration")
          .then()
          .statusCode(404)
          .body("type", equalTo("urn:mekong:problem:no-such-person"));
    }
  }

  @Test
  void givesTheGrantedFieldsAndNoMore() {
    String path = "/v1/persons/" + id;
    String token =
        client.token(
            "person.read",
            List.of(
                RegistryClient.grant("civil-registration", "read", "names", "religion", "sex")));
    client
        .as(token, "GET", path)
        .get(path + "?purpose=civil-registration")
        .then()
        .statusCode(200)
        .body("names[0].given", equalTo("Hoa"))
        .body("sex", equalTo(2))
        .body("religion", nullValue())
        .body("dateOfBirth", nullValue());
    client
        .as(token, "GET", path)
        .get(path + "?purpose=civil-registration&fields=religion,date_of_birth,ethnicity")
        .then()
        .statusCode(200)
        .body("religion", equalTo("buddhist"))
        .body("dateOfBirth", nullValue())
        .body("ethnicity", nullValue())
        .body("names", nullValue());
    client
        .as(token, "GET", path)
        .get(path + "?purpose=marriage")
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/marriage/read"));
    client
        .as(token, "POST", "/v1/verifications")
        .body(
            "{\"purpose\":\"civil-registration\",\"subject\":{\"personId\":\"%s\"},\"predicates\":[{\"name\":\"alive\"}]}"
                .formatted(id))
        .post("/v1/verifications")
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/civil-registration/verify"));
  }

  private Response verify(String asked, String requesterMember) {
    return client
        .asGateway()
        .body(
            """
            {"purpose":"marriage","subject":{"personalNumber":"%s"},
             "predicates":[{"name":"alive"}],
             "requester":{"requestId":"%s","country":"LA","agency":"la-office",%s}}
            """
                .formatted(asked, UUID.randomUUID(), requesterMember))
        .post("/v1/verifications");
  }

  private Response read(String asked) {
    return client
        .asGateway()
        .body(
            """
            {"purpose":"border-resident","subject":{"personalNumber":"%s"},"fields":["names"],
             "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}
            """
                .formatted(asked, UUID.randomUUID()))
        .post("/v1/readings");
  }

  private JsonNode person(String member) throws JsonProcessingException {
    return json(
        client
            .register(
                """
                {"names":[{"family":"Trần","middle":"Thị","given":"Hoa"}],
                 "dateOfBirth":"1999-03-08","sex":2,"placeOfBirthRegistration":"045",
                 "religion":"buddhist"%s}
                """
                    .formatted(member))
            .then()
            .statusCode(201)
            .extract()
            .asString());
  }

  private static Policy policy(String key) throws Exception {
    return Policy.ofLogs(VerifierKey.parse(key.strip()));
  }

  private JsonNode lastEntry() throws SQLException, JsonProcessingException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select entry from log_entry order by entry_index desc limit 1")) {
      row.next();
      return json(new String(row.getBytes(1), StandardCharsets.UTF_8));
    }
  }

  private long entries() throws SQLException {
    return count(
        "select (select count(*) from log_entry) + (select count(*) from log_pending_entry)");
  }

  private long rows() throws SQLException {
    return count(
        "select (select count(*) from disclosure) + (select count(*) from log_commitment)");
  }

  private long count(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String change) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    }
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
