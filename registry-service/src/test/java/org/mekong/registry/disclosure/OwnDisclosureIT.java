package org.mekong.registry.disclosure;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.log.command.VerifyCommand;
import org.mekong.log.evidence.OpenedProof;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** What the person themself sees of who looked. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class OwnDisclosureIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MINE = "/v1/me/disclosures";

  TestSetting setting;
  @Inject DataSource database;
  private RegistryClient client;
  private String id = "";
  private String number = "";
  private String token = "";

  @BeforeEach
  void register() throws Exception {
    client = new RegistryClient(setting);
    JsonNode person =
        JSON.readTree(
            client
                .register(
                    """
                    {"names":[{"family":"Trần","given":"Hoa"}],"dateOfBirth":"1999-03-08",
                     "sex":2,"placeOfBirthRegistration":"045"}""")
                .then()
                .statusCode(201)
                .extract()
                .asString());
    id = person.path("id").asText();
    number = person.path("personalNumber").asText();
    token = token("person.self", id);
  }

  @Test
  void nobodySeesAnothersWhetherThereOrNot() {
    String other = UUID.randomUUID().toString();
    String stranger = token("person.self", other);
    String absent = absent(stranger, "/v1/persons/" + id + "/disclosures");
    assertEquals(absent, absent(token, "/v1/persons/" + other + "/disclosures"));
    assertEquals(absent, absent(token, "/v1/persons/x/disclosures"));
    // A person who is not in the register is absent to themself as well.
    assertEquals(absent, absent(stranger, "/v1/persons/" + other + "/disclosures"));
    assertEquals(absent, absent(stranger, MINE));

    client.open().get(MINE).then().statusCode(401);
    String reader = client.token("person.read", List.of());
    client.as(reader, "GET", MINE).get(MINE).then().statusCode(403);
    String nameless = client.token("person.self", List.of());
    assertEquals(absent, absent(nameless, MINE));
    assertEquals(absent, absent(nameless, "/v1/persons/" + id + "/disclosures"));
    String path = "/v1/persons/" + id;
    client.as(token, "GET", path).get(path).then().statusCode(403);
  }

  @Test
  void thePersonSeesWhoLookedAndThatTheyLookedThemself() {
    verify("\"officer\":\"o-1\"");
    mine("")
        .then()
        .statusCode(200)
        .body("disclosures.kind", contains("verify"))
        .body("disclosures[0].agency", equalTo("la-office"))
        .body("disclosures[0].officer", equalTo("o-1"))
        .body("next", nullValue());
    mine("").then().body("disclosures.kind", contains("own", "verify"));
    mine("?own=false").then().body("disclosures.kind", contains("verify"));
    String path = "/v1/persons/" + id + "/disclosures";
    client
        .as(token, "GET", path)
        .get(path)
        .then()
        .statusCode(200)
        .body("disclosures.kind", contains("own", "own", "own", "verify"))
        .body("disclosures[0].agency", equalTo("test-client"));
  }

  @Test
  void aLookThatIsNotVisibleYetIsInNothingThatTheyGet() throws Exception {
    verify("\"visibleAfter\":\"2099-01-01T00:00:00Z\"");
    verify("\"officer\":\"o-2\"");
    JsonNode first = JSON.readTree(mine("?limit=1").then().statusCode(200).extract().asString());
    assertEquals("o-2", first.at("/disclosures/0/officer").asText());
    assertFalse(first.has("next"), "nothing more to be seen");
    mine("?own=false").then().body("disclosures", hasSize(1));

    String hidden = newestHidden();
    mine("/" + hidden + "/proof").then().statusCode(404);
    execute(
        "update disclosure set visible_after = now() - interval '1 second'"
            + " where person_id = ? and visible_after is not null");
    mine("?own=false")
        .then()
        .body("disclosures", hasSize(2))
        .body("disclosures.id", hasItem(hidden));
    mine("/" + hidden + "/proof").then().statusCode(200);
  }

  @Test
  void eachProofIsAFileThatShowsOfflineThatTheEntryIsAboutThePerson() throws Exception {
    verify("\"officer\":\"o-1\"");
    JsonNode listed = JSON.readTree(mine("").asString()).at("/disclosures/0");
    String disclosure = listed.path("id").asText();
    String path = MINE + "/" + disclosure + "/proof";
    assertEquals(path, listed.path("proof").asText());
    Response file = client.as(token, "GET", path).get(path);
    file.then()
        .statusCode(200)
        .header("Content-Type", startsWith("application/json"))
        .header(
            "Content-Disposition",
            is("attachment; filename=\"disclosure-" + disclosure + ".json\""));
    String key =
        client.open().get("/log/" + Instant.now().toString().substring(0, 4) + "/key").asString();
    Policy policy = Policy.ofLogs(VerifierKey.parse(key.strip()));
    OpenedProof opened = OpenedProof.parse(file.asByteArray());
    JsonNode entry = JSON.readTree(opened.verify(policy).entry());
    assertEquals(listed.path("commitment"), entry.path("subject"));
    assertEquals(id, opened.opening().subject());
    assertFalse(entry.toString().contains(id), "the entry itself names nobody");

    Path stored = Files.write(setting.folder().resolve(disclosure + ".json"), file.asByteArray());
    Path keys =
        Files.writeString(
            setting.folder().resolve("own.policy"), "log " + key.strip() + "\nquorum none\n");
    StringWriter said = new StringWriter();
    List<String> words = List.of("--policy", keys.toString(), "--subject", id, stored.toString());
    int code =
        new VerifyCommand(
                new PrintWriter(said, true),
                Clock.systemUTC(),
                VerifyCommand.Defaults.none("mekong verify"))
            .run(words);
    assertEquals(0, code, said.toString());
    assertTrue(said.toString().contains("about     person " + id), said.toString());

    mine("/" + UUID.randomUUID() + "/proof").then().statusCode(404);
    mine("/x/proof").then().statusCode(404);
    client
        .as(token("person.self", UUID.randomUUID().toString()), "GET", path)
        .get(path)
        .then()
        .statusCode(404);
  }

  @Test
  void theOpeningIsForThePersonAlone() throws Exception {
    verify("\"officer\":\"o-1\"");
    JsonNode listed = JSON.readTree(mine("").asString()).at("/disclosures/0");
    String disclosure = listed.path("id").asText();
    String path = "/v1/persons/" + id + "/disclosures/" + disclosure + "/proof";
    String reader =
        client.token(
            "person.read", List.of(RegistryClient.grant("administration", "read", "disclosures")));
    Response proof = client.as(reader, "GET", path).get(path + "?purpose=administration");
    proof.then().statusCode(200).header("Content-Type", startsWith("text/plain"));
    assertFalse(proof.asString().contains("opening"));
    assertFalse(proof.asString().contains(id));
    execute(
        "delete from log_commitment where ?::uuid is not null and commitment ="
            + " decode(translate('%s', '-_', '+/') || '=', 'base64')"
                .formatted(listed.path("commitment").asText()));
    mine("/" + disclosure + "/proof").then().statusCode(404);
    client.as(token, "GET", path).get(path).then().statusCode(200);
  }

  @Test
  void pagesAndTimesNarrowTheListWithoutLossOrRepetition() throws Exception {
    for (int i = 0; i < 5; i++) {
      verify("\"officer\":\"o-" + i + "\"");
    }
    String middle = "";
    String cursor = "";
    StringBuilder officers = new StringBuilder();
    do {
      JsonNode page =
          JSON.readTree(mine("?own=false&limit=2" + cursor).then().extract().asString());
      for (JsonNode each : page.path("disclosures")) {
        officers.append(each.path("officer").asText()).append(' ');
        if (each.path("officer").asText().equals("o-2")) {
          middle = each.path("time").asText();
        }
      }
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals("o-4 o-3 o-2 o-1 o-0 ", officers.toString());

    mine("?own=false&from=" + middle)
        .then()
        .body("disclosures.officer", hasItems("o-2", "o-3", "o-4"))
        .body("disclosures.officer", everyItem(not(is("o-1"))));
    mine("?own=false&to=" + middle)
        .then()
        .body("disclosures.officer", hasItems("o-1", "o-0"))
        .body("disclosures.officer", everyItem(not(is("o-2"))));
    mine("?to=2020-01-01T00:00:00Z").then().statusCode(200).body("disclosures", empty());
  }

  @ParameterizedTest
  @CsvSource({
    "from=yesterday, from, instant",
    "from=%2B999999-01-01T00:00:00Z, from, instant",
    "to=tomorrow, to, instant",
    "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, to, range",
    "own=perhaps, own, boolean",
    "cursor=forged, cursor, cursor",
    "limit=0, limit, range",
    "limit=101, limit, range"
  })
  void namesWhatOfTheQueryCannotBeRead(String query, String field, String rule) {
    mine("?" + query)
        .then()
        .statusCode(400)
        .body("violations.field", contains(field))
        .body("violations.rule", contains(rule));
  }

  private String absent(String with, String path) {
    Response answer = client.as(with, "GET", path).get(path);
    answer.then().statusCode(404);
    return answer.asString().replaceAll("\"instance\":\"[^\"]*\"", "");
  }

  private Response mine(String path) {
    return client.as(token, "GET", MINE + path).get(MINE + path);
  }

  private void verify(String requesterMember) {
    client
        .asGateway()
        .body(
            """
            {"purpose":"marriage","subject":{"personalNumber":"%s"},
             "predicates":[{"name":"alive"}],
             "requester":{"requestId":"%s","country":"LA","agency":"la-office",%s}}
            """
                .formatted(number, UUID.randomUUID(), requesterMember))
        .post("/v1/verifications")
        .then()
        .statusCode(200);
  }

  private String token(String scope, String person) {
    return setting
        .issuer()
        .token(
            client.dpop(),
            "test-client",
            URI.create(setting.url()),
            claims -> claims.claim("scope", scope).claim("person", person));
  }

  private String newestHidden() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select disclosure_id from disclosure where person_id = ?"
                    + " and visible_after is not null")) {
      select.setObject(1, UUID.fromString(id));
      try (var row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private void execute(String change) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(change)) {
      statement.setObject(1, UUID.fromString(id));
      statement.executeUpdate();
    }
  }
}
