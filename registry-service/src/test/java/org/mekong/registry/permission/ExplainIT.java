package org.mekong.registry.permission;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** A dry call tells what would be given and why, and looks at nobody. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ExplainIT {

  private static final String REQUESTER =
      """
      ,"requester":{"requestId":"0193a5b2-7c11-7d33-9a55-000000000001","country":"LA",
       "agency":"la-office","agencyClass":"civil-registry"}""";

  TestSetting setting;
  @Inject DataSource database;
  private RegistryClient client;

  @BeforeEach
  void connect() {
    client = new RegistryClient(setting);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "TRUE", "", "true&explain=false"})
  void whatIsNeitherTrueNorFalseIsRefused(String value) {
    String path = "/v1/persons/" + UUID.randomUUID();
    client
        .as(token("read", "names"), "GET", path)
        .get(path + "?purpose=civil-registration&explain=" + value)
        .then()
        .statusCode(400)
        .body("violations.field", contains("explain"));
  }

  @Test
  void whoAsksForAnExplanationNeverGetsTheAct() throws SQLException {
    long before = count("select count(*) from person");
    String writer = client.token("person.write", List.of());
    client
        .as(writer, "POST", "/v1/persons")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body(
            """
            {"names":[{"family":"Trần","given":"Hoa"}],"dateOfBirth":"1999-03-08","sex":2,
             "placeOfBirthRegistration":"045"}""")
        .post("/v1/persons?explain=true")
        .then()
        .statusCode(400)
        .body("violations.rule", contains("known-member"));
    assertEquals(before, count("select count(*) from person"));
  }

  @Test
  void nobodyIsLookedUpSoAllExplanationsAreAlike() throws SQLException {
    String known = register("");
    String withheld = register(",\"withheld\":true");
    String reader = token("read", "names", "vital_events", "household", "permanent_residence");
    long before = traces();
    for (String part : List.of("", "/names", "/residences", "/household", "/events", "/diff")) {
      String query = "?purpose=civil-registration&fromAsOf=2020-01-01&explain=true";
      String first = null;
      for (String id : List.of(known, withheld, UUID.randomUUID().toString(), "x")) {
        String path = "/v1/persons/" + id + part;
        String answer =
            client
                .as(reader, "GET", path)
                .get(path + query)
                .then()
                .statusCode(200)
                .body("explained", equalTo(true))
                .body("outcome", not(equalTo("refused")))
                .extract()
                .asString();
        first = first == null ? answer : first;
        assertEquals(first, answer, part);
      }
    }
    assertEquals(before, traces());
  }

  @Test
  void eachCheckIsToldWithItsRuleAndWhoMustAct() {
    String path = "/v1/persons/" + UUID.randomUUID();
    String reader =
        client.token(
            "person.read",
            List.of(
                RegistryClient.grant(
                    "marriage", "read", "names", "permanent_residence", "religion")));
    Response answer =
        client
            .as(reader, "GET", path)
            .get(
                path
                    + "?purpose=marriage&explain=true&fields=names,sex,permanent_residence,religion");
    answer
        .then()
        .statusCode(200)
        .body("outcome", equalTo("partly"))
        .body("legalBasis", equalTo("Law on Civil Status"))
        .body("visibilityDelay", equalTo("PT0S"))
        .body("requester.agency", equalTo("vn-test"))
        .body(
            "checks.check",
            contains("purpose-known", "purpose-in-force", "token-grant", "register-rule"))
        .body("checks.granted", not(hasItem(false)));
    field(answer, "names", true, "register-field", "permission/marriage", null);
    field(answer, "sex", false, "token-field", "grant/marriage/read/sex", "identity-administrator");
    field(
        answer,
        "permanent_residence",
        false,
        "register-field",
        "permission/marriage/read/permanent_residence",
        "register-administrator");
    field(
        answer,
        "religion",
        false,
        "sensitive-field",
        "permission/marriage/read/religion",
        "register-administrator");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no-such-purpose, purpose-known, caller",
    "law-enforcement, register-rule, register-administrator",
    "education, token-grant, identity-administrator",
  })
  void aRefusedQuestionIsExplainedToo(String purpose, String check, String actor) {
    String path = "/v1/persons/" + UUID.randomUUID();
    String reader =
        client.token(
            "person.read",
            List.of(
                RegistryClient.grant("no-such-purpose", "read", "names"),
                RegistryClient.grant("law-enforcement", "read", "names")));
    client
        .as(reader, "GET", path)
        .get(path + "?explain=true&fields=names&purpose=" + purpose)
        .then()
        .statusCode(200)
        .body("outcome", equalTo("refused"))
        .body("fields.granted", contains(false))
        .body("checks.find { it.check == '" + check + "' }.granted", equalTo(false))
        .body("checks.find { it.check == '" + check + "' }.actor", equalTo(actor));
  }

  @Test
  void questionsInABodyAreExplainedByTheSameParameter() throws SQLException {
    long before = traces();
    String subject = "\"subject\":{\"personalNumber\":\"1\"}";
    client
        .asGateway()
        .body(
            "{\"purpose\":\"marriage\",%s,\"predicates\":[{\"name\":\"alive\"}]%s}"
                .formatted(subject, REQUESTER))
        .post("/v1/verifications?explain=true")
        .then()
        .statusCode(200)
        .body("kind", equalTo("verify"))
        .body("outcome", equalTo("granted"))
        .body("requester.country", equalTo("LA"))
        .body("requester.agencyClass", equalTo("civil-registry"))
        .body("requester.roles", contains("gateway"))
        .body("checks.check", hasItem("across-border"));
    client
        .asGateway()
        .body(
            "{\"purpose\":\"administration\",%s,\"fields\":[\"names\"]%s}"
                .formatted(subject, REQUESTER))
        .post("/v1/readings?explain=true")
        .then()
        .statusCode(200)
        .body("outcome", equalTo("refused"))
        .body("checks.find { it.check == 'across-border' }.granted", equalTo(false));
    client
        .as(token("search", "names"), "POST", "/v1/persons/search")
        .body(
            """
            {"purpose":"civil-registration","fields":["names"],
             "criteria":{"name":"Hoa","residence":{"province":"01"}}}""")
        .post("/v1/persons/search?explain=true")
        .then()
        .statusCode(200)
        .body("kind", equalTo("search"))
        .body("outcome", equalTo("partly"))
        .body("fields.name", hasItems("names", "permanent_residence"))
        .body("fields.find { it.name == 'permanent_residence' }.granted", equalTo(false));
    assertEquals(before, traces());
  }

  @Test
  void whatCannotBeReadIsRefusedAsInTheRealCall() {
    String path = "/v1/persons/" + UUID.randomUUID();
    client
        .as(token("read", "names"), "GET", path)
        .get(path + "?explain=true&purpose=civil-registration&fields=names,soul")
        .then()
        .statusCode(400)
        .body("violations.field", contains("fields[1]"));
    client
        .as(token("read", "names"), "GET", path)
        .get(path + "?explain=true")
        .then()
        .statusCode(400)
        .body("violations.field", contains("purpose"));
    assertEquals(401, client.open().get(path + "?explain=true").statusCode());
    assertEquals(403, client.asGateway().get(path + "?explain=true").statusCode());
  }

  @Test
  void anAdministratorAsksForAnotherAgency() {
    PolicyClient admin = new PolicyClient(setting);
    String question =
        """
        {"role":"agency","agency":"vn-police","agencyClass":"police","kind":"read",
         "purpose":"law-enforcement","fields":["names","religion"]%s}""";
    admin
        .post("permissions/explanations", question.formatted(""))
        .then()
        .statusCode(200)
        .body("outcome", equalTo("refused"))
        .body("visibilityDelay", equalTo("P90D"))
        .body(
            "checks.find { !it.granted }.rule", equalTo("permission/law-enforcement/legal-basis"));
    admin
        .post(
            "permissions/explanations",
            question.formatted(",\"legalBasis\":\"Criminal procedure\""))
        .then()
        .statusCode(200)
        .body("outcome", equalTo("partly"))
        .body("fields.granted", contains(true, false))
        .body("checks.check", not(hasItem("token-grant")));
    admin
        .post(
            "permissions/explanations",
            "{\"role\":\"king\",\"country\":\"XX\",\"kind\":\"guess\",\"fields\":[\"soul\"]}")
        .then()
        .statusCode(400)
        .body("violations.field", contains("role", "kind", "country", "purpose", "fields[0]"));
    String reader = token("read", "names");
    String path = "/admin/v1/permissions/explanations";
    assertEquals(403, client.as(reader, "POST", path).body("{}").post(path).statusCode());
  }

  private static void field(
      Response answer, String name, boolean granted, String check, String rule, String actor) {
    String field = "fields.find { it.name == '" + name + "' }.";
    answer
        .then()
        .body(field + "granted", equalTo(granted))
        .body(field + "checks.find { it.check == '" + check + "' }.granted", equalTo(granted))
        .body(field + "checks.find { it.check == '" + check + "' }.rule", equalTo(rule))
        .body(field + "checks.find { it.check == '" + check + "' }.actor", equalTo(actor));
  }

  private String token(String kind, String... fields) {
    return client.token(
        "person.read", List.of(RegistryClient.grant("civil-registration", kind, fields)));
  }

  private String register(String more) {
    return client
        .register(
            """
            {"names":[{"family":"Trần","middle":"Thị","given":"Hoa"}],"dateOfBirth":"1999-03-08",
             "sex":2,"placeOfBirthRegistration":"045"%s}"""
                .formatted(more))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private long traces() throws SQLException {
    return count(
        "select (select count(*) from disclosure) + (select count(*) from log_entry)"
            + " + (select count(*) from log_pending_entry)");
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement select = connection.createStatement();
        var row = select.executeQuery(sql)) {
      assertTrue(row.next());
      return row.getLong(1);
    }
  }
}
