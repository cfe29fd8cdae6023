package org.mekong.registry.problem;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
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

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class BadInputIT {

  private static final String GOOD =
      """
      {"names":[{"family":"Nguyễn","given":"An"}],"dateOfBirth":"1990-05-17","sex":1,
       "placeOfBirthRegistration":"045"%s}""";

  TestSetting setting;
  @Inject DataSource database;
  private RegistryClient client;

  @BeforeEach
  void connect() {
    client = new RegistryClient(setting);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "names[0].given|required|{'names':[{'family':'A'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names[0].family|required|{'names':[{'given':'A'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names|required|{'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names[0]|required|{'names':[null],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names[0].given|control-or-script|{'names':[{'family':'A','given':'B\\u202E'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names[0].given|control-or-script|{'names':[{'family':'A','given':'B\\u0000'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names[0].given|unicode|{'names':[{'family':'A','given':'B\\ud800'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names[0].given|script|{'names':[{'family':'A','given':'ບຸນມີ'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "names[0].script|known-code|{'names':[{'script':'Cyrl','family':'A','given':'B'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
        "dateOfBirth|date|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'1990-02-30','sex':1,'placeOfBirthRegistration':'045'}",
        "dateOfBirth|not-in-future|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'2199','sex':1,'placeOfBirthRegistration':'045'}",
        "dateOfBirth|date-range|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'1850','sex':1,'placeOfBirthRegistration':'045'}",
        "dateOfBirth|type|{'names':[{'family':'A','given':'B'}],'dateOfBirth':1990,'sex':1,'placeOfBirthRegistration':'045'}",
        "sex|known-code|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'1990','sex':3,'placeOfBirthRegistration':'045'}",
        "sex|type|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'1990','sex':'1','placeOfBirthRegistration':'045'}",
        "sex|type|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'1990','sex':1.5,'placeOfBirthRegistration':'045'}",
        "sex|number-needs-sex|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'1990','sex':9,'placeOfBirthRegistration':'045'}",
        "placeOfBirthRegistration|known-code|{'names':[{'family':'A','given':'B'}],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'999'}",
        "nmes|known-member|{'nmes':[],'dateOfBirth':'1990','sex':1,'placeOfBirthRegistration':'045'}",
      })
  void namesTheFieldAndTheRule(String field, String rule, String json) {
    String named = rule.equals("control-or-script") ? "printable" : rule;
    refused(client.register(json.replace('\'', '"')), 400)
        .then()
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(named));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "maritalStatus|known-code|'maritalStatus':'complicated'",
        "maritalStatus|marriage-age|'maritalStatus':'married','dateOfBirth':'2015'",
        "ethnicity|known-code|'ethnicity':'99'",
        "religion|known-code|'religion':'jedi'",
        "bloodGroup|known-code|'bloodGroup':'C'",
        "nationalities[0]|known-code|'nationalities':['XX']",
        "nationalities[1]|unique|'nationalities':['VN','VN']",
        "residences[0].province|known-code|'residences':[{'kind':'permanent','province':'99'}]",
        "residences[0].kind|known-code|'residences':[{'kind':'castle','province':'44'}]",
        "residences[1].kind|one-of-a-kind|'residences':[{'kind':'permanent'},{'kind':'permanent'}]",
        "dateOfDeath|life-status|'dateOfDeath':'2001'",
        "dateOfDeath|death-after-birth|'lifeStatus':'dead','dateOfDeath':'1980'",
        "relationships[0].personId|known-person|'relationships':[{'kind':'mother','personId':'0193a5b2-7c11-7d33-9a55-000000000001'}]",
        "relationships[0].personId|uuid|'relationships':[{'kind':'mother','personId':'1'}]",
        "relationships[0]|id-or-name|'relationships':[{'kind':'mother'}]",
        "contact.phone|e164|'contact':{'phone':'0901'}",
        "contact.email|email|'contact':{'email':'a@b'}",
        "photoReference|reference|'photoReference':'a b'",
        "household.id|required|'household':{'relationToHead':'head'}",
      })
  void keepsTheRulesOfEachField(String field, String rule, String member) {
    String json =
        member.contains("'dateOfBirth'")
            ? GOOD.formatted("," + member).replace("\"dateOfBirth\":\"1990-05-17\",", "")
            : GOOD.formatted("," + member);
    refused(client.register(json.replace('\'', '"')), 400)
        .then()
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(rule));
  }

  @Test
  void refusesNamesOfTenThousandSignsAndHeapsOfMarks() {
    for (String given : List.of("a".repeat(10_000), "a" + "\u0301".repeat(50))) {
      String json = GOOD.formatted("").replace("\"An\"", '"' + given + '"');
      refused(client.register(json), 400).then().body("violations[0].field", notNullValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{",
        "{}{}",
        "{\"sex\":1,\"sex\":2}",
        "{'sex':1}",
        "{\"sex\":01}",
        "{\"sex\":NaN}",
        "\u0000",
        "{\"names\":{}}",
        "{\"sex\":99999999999999999999999999}"
      })
  void refusesWhatIsNotStrictJson(String body) {
    refused(client.register(body), 400);
  }

  @Test
  void refusesDeepNestingAndBrokenUtf8() {
    refused(client.register("{\"names\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"), 400);
    String token = client.token("person.write", List.of());
    refused(
        client
            .as(token, "POST", "/v1/persons")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .body(new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'})
            .post("/v1/persons"),
        400);
  }

  @Test
  void refusesABodyOverTheLimit() {
    refused(client.register("{\"names\":\"" + "a".repeat(70_000) + "\"}"), 413);
  }

  @Test
  void refusesOtherMediaTypesPathsAndMethods() {
    String token = client.token("person.write", List.of());
    refused(
        client
            .as(token, "POST", "/v1/persons")
            .contentType("text/plain")
            .body("x")
            .post("/v1/persons"),
        415);
    refused(client.open().get("/v1/nothing"), 404);
    refused(client.open().delete("/v1/persons"), 405);
  }

  @Test
  void refusesRequestsWithoutOrWithABadIdempotencyKey() {
    refused(client.register(GOOD.formatted(""), "short"), 400);
    String token = client.token("person.write", List.of());
    refused(
        client.as(token, "POST", "/v1/persons").body(GOOD.formatted("")).post("/v1/persons"), 400);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "purpose|required|{'subject':{'personalNumber':'1'},'predicates':[{'name':'alive'}]}",
        "subject|required|{'purpose':'marriage','predicates':[{'name':'alive'}]}",
        "subject|one-key|{'purpose':'marriage','subject':{},'predicates':[{'name':'alive'}]}",
        "subject.personalNumber|number|{'purpose':'marriage','subject':{'personalNumber':'1 or 1'},'predicates':[{'name':'alive'}]}",
        "subject.personId|uuid|{'purpose':'marriage','subject':{'personId':'x'},'predicates':[{'name':'alive'}]}",
        "predicates|required|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[]}",
        "predicates[0].name|known-code|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[{'name':'rich'}]}",
        "predicates[0].years|range|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[{'name':'age_over','years':1000}]}",
        "predicates[0].years|known-member|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[{'name':'alive','years':1}]}",
        "predicates[0].province|known-code|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[{'name':'resident_of','province':'LA-SV'}]}",
        "requester|required|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[{'name':'alive'}]}",
        "requester.requestId|uuid|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[{'name':'alive'}],'requester':{'requestId':'1','country':'LA','agency':'a'}}",
        "requester.country|known-code|{'purpose':'marriage','subject':{'personalNumber':'1'},'predicates':[{'name':'alive'}],'requester':{'requestId':'0193a5b2-7c11-7d33-9a55-000000000001','country':'XX','agency':'a'}}",
      })
  void namesWhatIsWrongWithAQuestion(String field, String rule, String json) {
    refused(client.asGateway().body(json.replace('\'', '"')).post("/v1/verifications"), 400)
        .then()
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(rule));
  }

  @Test
  void refusesUnknownPurposesAndFields() {
    String requester =
        ",'requester':{'requestId':'0193a5b2-7c11-7d33-9a55-000000000001','country':'LA','agency':'a'}}";
    refused(
            client
                .asGateway()
                .body(
                    ("{'purpose':'curiosity','subject':{'personalNumber':'1'},'fields':['names']"
                            + requester)
                        .replace('\'', '"'))
                .post("/v1/readings"),
            400)
        .then()
        .body("type", equalTo("urn:mekong:problem:unknown-purpose"));
    refused(
            client
                .asGateway()
                .body(
                    ("{'purpose':'marriage','subject':{'personalNumber':'1'},'fields':['names','soul']"
                            + requester)
                        .replace('\'', '"'))
                .post("/v1/readings"),
            400)
        .then()
        .body("violations.field", hasItem("fields[1]"));
    refused(
            client
                .asGateway()
                .body(
                    ("{'purpose':'marriage','subject':{'personalNumber':'1'},'fields':['religion']"
                            + requester)
                        .replace('\'', '"'))
                .post("/v1/readings"),
            403)
        .then()
        .body("rule", equalTo("permission/marriage/read/religion"));
  }

  @Test
  void storesNothingByHalves() throws SQLException {
    long before = count();
    client.register(
        GOOD.formatted(
                ",'relationships':[{'kind':'mother','personId':'0193a5b2-7c11-7d33-9a55-000000000009'}]")
            .replace('\'', '"'));
    assertEquals(before, count());
  }

  private long count() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from person) + (select count(*) from operation)"
                    + " + (select count(*) from identifier)")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Response refused(Response answer, int status) {
    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("title", notNullValue())
        .body("action", notNullValue())
        .body("type", startsWith("urn:mekong:problem:"))
        .body("instance", startsWith("urn:uuid:"));
    return answer;
  }
}
