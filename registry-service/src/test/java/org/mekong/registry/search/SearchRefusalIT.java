package org.mekong.registry.search;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class SearchRefusalIT {

  private static final String NAMED = "\"name\":\"Lưu Hữu Phước\",\"dateOfBirth\":\"1945-06\"";

  TestSetting setting;
  @Inject DataSource database;
  private SearchSetting search;

  @BeforeEach
  void connect() {
    search = new SearchSetting(setting);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "criteria.name|length|'name':'LONG'",
        "criteria.name|marks|'name':'Z\\u0300\\u0301\\u0302\\u0303\\u0304\\u0305a'",
        "criteria.name|printable|'name':'Ho\\u202Ea'",
        "criteria.name|printable|'name':'Ho\\u200Ba'",
        "criteria.name|printable|'name':'Ho\\u0000a'",
        "criteria.name|unicode|'name':'Ho\\ud800a'",
        "criteria.name|script|'name':'Hoa\\ud83d\\ude00'",
        "criteria.name|script|'name':'Иван'",
        "criteria.name|script|'name':'%'",
        "criteria.name|not-empty|'name':''",
        "criteria.name|spacing|'name':' Hoa'",
        "criteria.name|words|'name':'a b c d e f g h i'",
        "criteria.mother|length|'name':'An','mother':'LONG'",
        "criteria.father|unicode|'name':'An','father':'\\udc00'",
        "criteria.placeOfBirth.text|marks|'placeOfBirth':{'text':'e\\u0300\\u0300\\u0300\\u0300\\u0300'}",
        "criteria.placeOfBirth|required|'placeOfBirth':{}",
        "criteria.placeOfBirth.country|known-code|'placeOfBirth':{'country':'XX'}",
        "criteria.dateOfBirth|date|'name':'An','dateOfBirth':'1990-02-30'",
        "criteria.dateOfBirth|type|'name':'An','dateOfBirth':1990",
        "criteria.yearTolerance|range|'name':'An','dateOfBirth':'1990','yearTolerance':11",
        "criteria.yearTolerance|with-date|'name':'An','yearTolerance':1",
        "criteria.sex|known-code|'name':'An','sex':3",
        "criteria.residence.province|known-code|'name':'An','residence':{'province':'99'}",
        "criteria.residence.province|required|'name':'An','residence':{}",
        "criteria.residence.kind|known-code|'residence':{'kind':'temporary_absence','province':'01'}",
        "criteria.householdId|uuid|'householdId':'1'",
        "criteria.personalNumber|number|'personalNumber':'1 or 1=1'",
        "criteria|required|",
        "criteria.nmae|known-member|'nmae':'An'"
      })
  void namesTheFieldAndTheRule(String field, String rule, String criteria) {
    String json = criteria == null ? "" : criteria.replace('\'', '"');

    search
        .sendAll(json.replace("LONG", "a".repeat(10_000)), "")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(rule));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "101", "2147483647"})
  void refusesALimitOutOfRange(int limit) {
    search
        .sendAll(NAMED, ",\"limit\":" + limit)
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("limit"))
        .body("violations.rule", hasItem("range"));
  }

  @Test
  void needsASearchGrantForThePurposeAndEachField() {
    String read =
        search
            .client()
            .token(
                "person.read",
                List.of(RegistryClient.grant("civil-registration", "read", "names")));
    forbidden(read, NAMED, ",\"fields\":[\"names\"]", "grant/civil-registration/search");
    String names = search.token("names");
    forbidden(
        names,
        NAMED,
        ",\"fields\":[\"names\",\"date_of_birth\"]",
        "grant/civil-registration/search/date_of_birth");
    for (String criterion :
        List.of(
            "permanent_residence|\"residence\":{\"province\":\"01\"}",
            "temporary_residence|\"residence\":{\"province\":\"01\",\"kind\":\"temporary\"}",
            "parents|\"mother\":\"An\"",
            "parents|\"father\":\"An\"",
            "place_of_birth|\"placeOfBirth\":{\"province\":\"01\"}",
            "household|\"householdId\":\"0193a5b2-7c11-7d33-9a55-00000000005e\"")) {
      String[] parts = criterion.split("\\|", 2);
      forbidden(names, NAMED + "," + parts[1], "", "grant/civil-registration/search/" + parts[0]);
    }
    String writer = search.client().token("person.write", List.of());
    assertEquals(403, search.send(writer, SearchSetting.body(NAMED, "")).statusCode());
    assertEquals(401, search.client().open().body("{}").post("/v1/persons/search").statusCode());
  }

  @Test
  void theGatewayNamesFieldsAndWhoAsks() {
    String body = SearchSetting.body(NAMED, ",\"fields\":[\"names\"]");
    String requester =
        ",\"requester\":{\"requestId\":\"0193a5b2-7c11-7d33-9a55-00000000005e\",\"country\":\"LA\","
            + "\"agency\":\"la-office\"}";
    RegistryClient client = search.client();
    client
        .asGateway()
        .body(body)
        .post("/v1/persons/search")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("requester"));
    client
        .asGateway()
        .body(SearchSetting.body(NAMED, requester))
        .post("/v1/persons/search")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("fields"));
    client
        .asGateway()
        .body(SearchSetting.body(NAMED, ",\"fields\":[\"religion\"]" + requester))
        .post("/v1/persons/search")
        .then()
        .statusCode(403);
    client
        .asGateway()
        .body(SearchSetting.body(NAMED, ",\"fields\":[\"names\"]" + requester))
        .post("/v1/persons/search")
        .then()
        .statusCode(200)
        .body(
            "disclosure.origin",
            equalTo(
                client
                    .asGateway()
                    .body(SearchSetting.body(NAMED, ",\"fields\":[\"names\"]" + requester))
                    .post("/v1/persons/search")
                    .path("disclosure.origin")));
  }

  @Test
  void aCursorHoldsForItsSearchAndCallerAlone() throws Exception {
    for (int day = 1; day < 4; day++) {
      search.register("Lưu", "Hữu", "Phước", "1945-06-0" + day, 1, "");
    }
    String own = search.token("names", "date_of_birth");
    JsonNode first = page(own, NAMED, ",\"limit\":1");
    String cursor = first.path("next").asText();
    assertNotEquals("", cursor);

    JsonNode second = page(own, NAMED, ",\"limit\":2,\"cursor\":\"" + cursor + "\"");
    assertEquals(2, SearchSetting.ids(second).size());

    byte[] bytes = Base64.getUrlDecoder().decode(cursor);
    for (int i = 0; i < bytes.length; i += 5) {
      byte[] forged = bytes.clone();
      forged[i] ^= 1;
      refused(own, NAMED, ",\"cursor\":\"" + encode(forged) + "\"");
    }
    for (String wrong :
        List.of("", "a", "!!!", encode(new byte[53]), cursor + "AAAA", "A".repeat(10_000))) {
      refused(own, NAMED, ",\"cursor\":\"" + wrong + "\"");
    }
    String cursorMember = ",\"cursor\":\"" + cursor + "\"";
    refused(own, NAMED.replace("Phước", "Phúc"), cursorMember);
    refused(own, NAMED + ",\"sex\":1", cursorMember);
    refused(own, NAMED, ",\"fields\":[\"names\"]" + cursorMember);
    search
        .client()
        .asGateway()
        .body(
            SearchSetting.body(
                NAMED,
                cursorMember
                    + ",\"fields\":[\"names\",\"date_of_birth\"],\"requester\":{\"requestId\":\""
                    + UUID.randomUUID()
                    + "\",\"country\":\"VN\",\"agency\":\"vn-test\"}"))
        .post("/v1/persons/search")
        .then()
        .statusCode(422);
  }

  @Test
  void aRefusedSearchLeavesNoDisclosure() throws SQLException {
    long before = disclosures();
    search.sendAll("\"name\":\"Ho\\u0000a\"", "").then().statusCode(400);
    search.sendAll(NAMED, ",\"cursor\":\"AAAA\"").then().statusCode(422);
    search
        .send(search.token("names"), SearchSetting.body("\"mother\":\"An\"", ""))
        .then()
        .statusCode(403);
    assertEquals(before, disclosures());
  }

  private JsonNode page(String token, String criteria, String more) throws Exception {
    return SearchSetting.json(
        search
            .send(token, SearchSetting.body(criteria, more))
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  private void forbidden(String token, String criteria, String more, String rule) {
    search
        .send(token, SearchSetting.body(criteria, more))
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:mekong:problem:purpose-not-granted"))
        .body("rule", equalTo(rule));
  }

  private void refused(String token, String criteria, String more) {
    Response answer = search.send(token, SearchSetting.body(criteria, more));
    answer
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:mekong:problem:invalid-cursor"))
        .body("rule", equalTo("cursor/seal"));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private long disclosures() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from disclosure")) {
      row.next();
      return row.getLong(1);
    }
  }
}
