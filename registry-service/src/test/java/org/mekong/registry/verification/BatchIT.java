package org.mekong.registry.verification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.registry.statement.StatementChecker;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class BatchIT {

  /** No number begins like this: there is no such century. */
  private static final String NOBODYS = "0459990";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/v1/verifications/batch";

  TestSetting setting;
  @Inject DataSource database;
  private RegistryClient client;
  private String number = "";

  @BeforeEach
  void register() throws Exception {
    client = new RegistryClient(setting);
    number =
        JSON.readTree(
                client
                    .register(
                        """
                        {"names":[{"family":"Trần","given":"Hoa"}],"dateOfBirth":"1999-03-08",
                         "sex":2,"placeOfBirthRegistration":"045"}""")
                    .asString())
            .path("personalNumber")
            .asText();
  }

  @Test
  void noneAndTooManyAndNamelessAndTwiceNamedItemsAreOneClearProblem() throws Exception {
    long before = disclosures();
    refused("", "items", "size");
    refused(
        IntStream.range(0, 101)
            .mapToObj(i -> item("i" + i, number))
            .collect(Collectors.joining(",")),
        "items",
        "size");
    refused(
        item("a", number) + "," + item("b", number) + "," + item("a", number),
        "items[2].id",
        "unique");
    refused("{\"subject\":{\"personalNumber\":\"1\"}}", "items[0].id", "required");
    refused("null", "items[0].id", "required");
    refused(item("a b", number), "items[0].id", "reference");
    batch("no-such-purpose", item("a", number)).then().statusCode(400);
    assertEquals(before, disclosures());
  }

  @Test
  void whatIsWrongWithOneDoesNotStopTheOthers() throws Exception {
    long before = disclosures();
    String token =
        client.token("person.read", List.of(RegistryClient.grant("marriage", "verify", "alive")));
    Response answer =
        client
            .as(token, "POST", PATH)
            .body(
                """
                {"purpose":"marriage","items":[%s,
                 {"id":"no-subject","predicates":[{"name":"alive"}]},
                 {"id":"not-granted","subject":{"personalNumber":"%s"},
                  "predicates":[{"name":"married"}]},
                 {"id":"unreadable","subject":{"personalNumber":"%s"},
                  "predicates":[{"name":"alive"},{"name":"age_over","years":-1}]},
                 %s]}"""
                    .formatted(item("good", number), number, number, item("last", "045199000000")))
            .post(PATH);
    answer
        .then()
        .statusCode(200)
        .body("items.id", contains("good", "no-subject", "not-granted", "unreadable", "last"))
        .body("items.outcome", contains("answered", "refused", "refused", "refused", "answered"))
        .body("items[0].answer.answers[0].answer", equalTo("yes"))
        .body("items[1].problem.violations[0].field", equalTo("subject"))
        .body("items[2].problem.status", equalTo(403))
        .body("items[2].problem.rule", equalTo("grant/marriage/verify/married"))
        .body("items[3].problem.violations.field", hasItem("predicates[1].years"))
        .body("items[4].answer.answers[0].answer", equalTo("unknown"));
    assertEquals(before + 2, disclosures());
  }

  @Test
  void aHundredGetTheirOwnStatementsAndReceipts() throws Exception {
    String jwks = client.open().get("/.well-known/jwks.json").asString();
    String key =
        client.open().get("/log/" + Instant.now().toString().substring(0, 4) + "/key").asString();
    Policy policy = Policy.ofLogs(VerifierKey.parse(key.strip()));
    Response answer =
        batch(
            "marriage",
            IntStream.range(0, 100)
                .mapToObj(i -> item("i" + i, i % 2 == 0 ? number : NOBODYS + (10_000 + i)))
                .collect(Collectors.joining(",")));
    JsonNode items =
        JSON.readTree(answer.then().statusCode(200).extract().asString()).path("items");

    assertEquals(100, items.size());
    Set<Long> places = new HashSet<>();
    Set<String> statements = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      JsonNode item = items.get(i).path("answer");
      assertEquals("i" + i, items.get(i).path("id").asText());
      assertEquals(i % 2 == 0 ? "yes" : "unknown", item.at("/answers/0/answer").asText());
      JsonNode claims =
          StatementChecker.check(
              item.path("statement").asText(),
              jwks,
              setting.url(),
              "urn:mekong:agency:LA:la-office",
              Instant.now());
      long index = ProofVerifier.verify(item.path("receipt").asText(), policy).index();
      assertEquals(index, claims.at("/log/index").asLong());
      places.add(index);
      statements.add(claims.path("jti").asText());
    }
    assertEquals(100, places.size());
    assertEquals(100, statements.size());
  }

  private void refused(String items, String field, String rule) {
    batch("marriage", items)
        .then()
        .statusCode(400)
        .body("violations.field", contains(field))
        .body("violations.rule", contains(rule));
  }

  private Response batch(String purpose, String items) {
    return client
        .asGateway()
        .body(
            """
            {"purpose":"%s","items":[%s],
             "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                .formatted(purpose, items, UUID.randomUUID()))
        .post(PATH);
  }

  private static String item(String id, String number) {
    return """
        {"id":"%s","subject":{"personalNumber":"%s"},"predicates":[{"name":"alive"}]}"""
        .formatted(id, number);
  }

  private long disclosures() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from disclosure")) {
      assertTrue(row.next());
      assertNotEquals(-1, row.getLong(1));
      return row.getLong(1);
    }
  }
}
