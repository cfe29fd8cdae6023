package org.mekong.registry.verification.match;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.statement.StatementChecker;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class MatchIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/v1/matches";

  TestSetting setting;
  @Inject DataSource database;
  private RegistryClient client;
  private String family = "";
  private String day = "";
  private String id = "";

  @BeforeEach
  void register() throws Exception {
    client = new RegistryClient(setting);
    int random = UUID.randomUUID().hashCode();
    family = "Q" + word(random);
    day =
        "19%02d-%02d-%02d"
            .formatted(
                60 + Math.floorMod(random, 35),
                1 + Math.floorMod(random / 35, 9),
                13 + Math.floorMod(random / 700, 15));
    id = person(family, "Thị", "Hoa", day, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'dateOfBirth':'1990-05-17'}|person.name|required",
        "{'name':{'family':'Q'},'dateOfBirth':'1990-05-17'}|person.name.given|required",
        "{'name':{'given':'A7'},'dateOfBirth':'1990-05-17'}|person.name.given|letters",
        "{'name':{'given':'An'}}|person.dateOfBirth|required",
        "{'name':{'given':'An'},'dateOfBirth':'17.5.1990'}|person.dateOfBirth|date",
        "{'name':{'given':'An'},'dateOfBirth':'1990','sex':3}|person.sex|known-code",
        "{'name':{'given':'An'},'dateOfBirth':'1990','province':'99'}|person.province|known-code",
      })
  void namesWhatCannotBeRead(String person, String field, String rule) {
    var answer =
        ask(person.replace('\'', '"')).statusCode(400).body("violations.field", hasItem(field));
    if (!rule.equals("letters")) {
      answer.body("violations.rule", hasItem(rule));
    }
  }

  @Test
  void whatOneMayNotReadOneMayNotAskBy() {
    String token =
        client.token("person.read", List.of(RegistryClient.grant("marriage", "match", "names")));
    client
        .as(token, "POST", PATH)
        .body(
            "{\"purpose\":\"marriage\",\"fields\":[\"names\"],\"person\":"
                + known(family, "Hoa", day, ",\"province\":\"44\"")
                + "}")
        .post(PATH)
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/marriage/match/permanent_residence"));
    String reads =
        client.token("person.read", List.of(RegistryClient.grant("marriage", "read", "names")));
    client
        .as(reads, "POST", PATH)
        .body("{\"purpose\":\"marriage\",\"person\":" + known(family, "Hoa", day, "") + "}")
        .post(PATH)
        .then()
        .statusCode(403);
  }

  @Test
  void theOneWhoFitsIsNamedWithTheFieldsAskedForAndDisclosed() throws Exception {
    String body =
        ask(known(family, "Hoa", day, ",\"sex\":2"))
            .statusCode(200)
            .body("outcome", equalTo("matched"))
            .body("match.id", equalTo(id))
            .body("match.person.names[0].given", equalTo("Hoa"))
            .body("match.person.date_of_birth", nullValue())
            .body("narrowBy", nullValue())
            .extract()
            .asString();
    assertEquals("match 1", lastOf(id));
    JsonNode answer = JSON.readTree(body);
    JsonNode claims =
        StatementChecker.check(
            answer.path("statement").asText(),
            client.open().get("/.well-known/jwks.json").asString(),
            setting.url(),
            "urn:mekong:agency:LA:la-office",
            Instant.now());
    String salt = answer.path("statementSalt").asText();
    assertEquals("matched", claims.path("outcome").asText());
    assertEquals(
        StatementChecker.commitment(salt, "person_id", id),
        claims.at("/person/commitment").asText());
    String known =
        "{\"dateOfBirth\":\"%s\",\"name\":{\"family\":\"%s\",\"given\":\"Hoa\",\"middle\":\"Thị\"},\"sex\":2}"
            .formatted(day, family);
    assertEquals(
        StatementChecker.commitment(salt, "known", known),
        claims.at("/subject/commitment").asText());
    for (String secret : List.of(id, family, day)) {
      assertFalse(claims.toString().contains(secret));
    }
  }

  @Test
  void spellingAndDayAndMonthSwappedDoNotHideThePerson() throws Exception {
    ask(known(family.toUpperCase(Locale.ROOT), "hoa", day, ",\"sex\":2"))
        .body("outcome", equalTo("matched"))
        .body("match.id", equalTo(id));
    String other = "Q" + word(UUID.randomUUID().hashCode());
    String born = person(other, "Thị", "Hoa", "1988-02-11", "");
    ask(known(other, "Hoa", "1988-11-02", ",\"sex\":2,\"placeOfBirthRegistration\":\"045\""))
        .body("outcome", equalTo("matched"))
        .body("match.id", equalTo(born));
  }

  @Test
  void nobodyWhoFitsAndSomebodyProtectedLookAlike() throws Exception {
    String hidden = "Q" + word(UUID.randomUUID().hashCode());
    person(hidden, "Thị", "Hoa", day, ",\"withheld\":true");
    for (String asked : List.of(hidden, "Q" + word(UUID.randomUUID().hashCode()))) {
      String body =
          ask(known(asked, "Mai", day, ",\"sex\":2"))
              .statusCode(200)
              .body("outcome", equalTo("no_match"))
              .body("match", nullValue())
              .extract()
              .asString();
      assertEquals(5, JSON.readTree(body).size());
    }
  }

  @Test
  void twoWhoFitAboutAsWellAreNeverListed() throws Exception {
    String twin = person(family, "Thị", "Hoa", day, "");
    String body =
        ask(known(family, "Hoa", day, ",\"sex\":2"))
            .statusCode(200)
            .body("outcome", equalTo("ambiguous"))
            .body("match", nullValue())
            .body("narrowBy", contains("placeOfBirthRegistration", "province"))
            .extract()
            .asString();
    assertFalse(body.contains(id) || body.contains(twin));
    assertEquals("", lastOf(id));
    assertEquals("", lastOf(twin));
  }

  @Test
  void tooLittleSaysWhatWouldHelp() {
    ask(known(family, "Hoa", day.substring(0, 4), ""))
        .statusCode(200)
        .body("outcome", equalTo("needs_more"))
        .body("narrowBy[0]", equalTo("dateOfBirth"));
  }

  @Test
  void eachOfABatchIsAnsweredOnItsOwn() {
    client
        .asGateway()
        .body(
            """
            {"purpose":"marriage","fields":["names"],"items":[
              {"id":"a","person":%s},
              {"id":"b","person":{"name":{"given":"An"}}},
              {"id":"c","person":%s}],
             "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                .formatted(
                    known(family, "Hoa", day, ""),
                    known("Qxyzzyplugh", "Mai", day, ""),
                    UUID.randomUUID()))
        .post(PATH + "/batch")
        .then()
        .statusCode(200)
        .body("items.outcome", contains("answered", "refused", "answered"))
        .body("items[0].answer.match.id", equalTo(id))
        .body("items[1].problem.violations.field", contains("person.dateOfBirth"))
        .body("items[2].answer.outcome", equalTo("no_match"));
    client
        .asGateway()
        .body("{\"purpose\":\"marriage\",\"items\":[]}")
        .post(PATH + "/batch")
        .then()
        .statusCode(400)
        .body("violations.field", contains("items"));
  }

  private ValidatableResponse ask(String person) {
    return client
        .asGateway()
        .body(
            """
            {"purpose":"civil-status","person":%s,"fields":["names"],
             "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                .formatted(person, UUID.randomUUID()))
        .post(PATH)
        .then();
  }

  private static String known(String family, String given, String birth, String more) {
    return """
        {"name":{"family":"%s","middle":"Thị","given":"%s"},"dateOfBirth":"%s"%s}"""
        .formatted(family, given, birth, more);
  }

  private String person(String family, String middle, String given, String birth, String more)
      throws Exception {
    return JSON.readTree(
            client
                .register(
                    """
                    {"names":[{"family":"%s","middle":"%s","given":"%s"}],"dateOfBirth":"%s",
                     "sex":2,"placeOfBirthRegistration":"045"%s}"""
                        .formatted(family, middle, given, birth, more))
                .then()
                .statusCode(201)
                .extract()
                .asString())
        .path("id")
        .asText();
  }

  private static String word(int random) {
    StringBuilder word = new StringBuilder();
    for (char sign : Integer.toHexString(random).toCharArray()) {
      word.append((char) ('a' + Character.digit(sign, 16)));
    }
    return word.toString();
  }

  /** Kind and count of the newest disclosure of a person. */
  private String lastOf(String person) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select kind || ' ' || count(*) over () from disclosure where person_id = ?"
                    + " order by disclosure_id desc limit 1")) {
      select.setObject(1, UUID.fromString(person));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }
}
