package org.mekong.registry.statement;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class StatementIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OFFICE = "urn:mekong:agency:LA:la-office";

  TestSetting setting;
  private RegistryClient client;
  private String number = "";
  private JsonNode answer = JSON.nullNode();
  private String statement = "";
  private String jwks = "";

  @BeforeEach
  void ask() throws Exception {
    client = new RegistryClient(setting);
    number =
        JSON.readTree(
                client
                    .register(
                        """
                        {"names":[{"family":"Trần","given":"Hoa"}],"dateOfBirth":"1999-03-08",
                         "sex":2,"placeOfBirthRegistration":"045"}""")
                    .then()
                    .statusCode(201)
                    .extract()
                    .asString())
            .path("personalNumber")
            .asText();
    answer = verify(number);
    statement = answer.path("statement").asText();
    jwks = client.open().get("/.well-known/jwks.json").then().statusCode(200).extract().asString();
  }

  @Test
  void anotherIsRefused() throws Exception {
    Instant now = Instant.now();
    assertEquals("for another audience", refused(statement, "urn:mekong:agency:LA:other", now));
    assertEquals("for another audience", refused(statement, "urn:mekong:agency:VN:la-office", now));
    assertEquals("expired", refused(statement, OFFICE, now.plusSeconds(301)));
    assertEquals("of the future", refused(statement, OFFICE, now.minusSeconds(120)));

    String[] parts = statement.split("\\.");
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String yes = payload.replace("\"no\"", "\"yes\"");
    assertNotEquals(payload, yes);
    String altered =
        parts[0]
            + '.'
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(yes.getBytes(StandardCharsets.UTF_8))
            + '.'
            + parts[2];
    assertEquals("the signature does not hold", refused(altered, OFFICE, now));
  }

  @Test
  void saysWhatWasAnsweredToWhomAndWhere() throws Exception {
    JsonNode claims = StatementChecker.check(statement, jwks, setting.url(), OFFICE, Instant.now());

    assertEquals("marriage", claims.path("purpose").asText());
    assertEquals(300, claims.path("exp").asLong() - claims.path("iat").asLong());
    assertEquals(36, claims.path("jti").asText().length());
    JsonNode predicates = claims.path("predicates");
    assertEquals("{\"name\":\"alive\",\"answer\":\"yes\"}", predicates.get(0).toString());
    assertEquals(
        "{\"name\":\"age_over\",\"years\":90,\"answer\":\"no\"}", predicates.get(1).toString());

    // The coordinates are those of the entry that the receipt proves.
    JsonNode log = claims.path("log");
    assertEquals(answer.at("/disclosure/index"), log.path("index"));
    assertEquals(answer.at("/disclosure/leafHash"), log.path("leaf_hash"));
    String origin = log.path("origin").asText();
    String key =
        client.open().get("/log/" + origin.substring(origin.length() - 4) + "/key").asString();
    VerifiedEntry verified =
        ProofVerifier.verify(
            answer.path("receipt").asText(), Policy.ofLogs(VerifierKey.parse(key.strip())));
    assertEquals(log.path("index").asLong(), verified.index());
    assertEquals(claims.path("request_id"), JSON.readTree(verified.entry()).path("request_id"));
  }

  @Test
  void bindsThePersonForWhoeverHoldsTheSaltAndNamesNobody() throws Exception {
    JsonNode claims = StatementChecker.check(statement, jwks, setting.url(), OFFICE, Instant.now());
    String salt = answer.path("statementSalt").asText();

    assertEquals("personal_number", claims.at("/subject/by").asText());
    assertEquals(
        StatementChecker.commitment(salt, "personal_number", number),
        claims.at("/subject/commitment").asText());
    assertEquals(
        StatementChecker.commitment(salt, "name_matches", "Tran Thi Hoa"),
        claims.at("/predicates/2/of").asText());
    assertEquals(
        StatementChecker.commitment(salt, "parent_of", "045199000000"),
        claims.at("/predicates/3/of").asText());
    for (String secret : List.of(number, "045199000000", "Hoa", salt)) {
      assertFalse(claims.toString().contains(secret), secret);
    }
    // Two statements about one person have nothing in common.
    JsonNode again =
        StatementChecker.check(
            verify(number).path("statement").asText(), jwks, setting.url(), OFFICE, Instant.now());
    assertNotEquals(claims.path("subject"), again.path("subject"));
  }

  @Test
  void unknownPersonsGetAStatementOfTheSameForm() throws Exception {
    JsonNode unknown = verify("045199000000");
    JsonNode claims =
        StatementChecker.check(
            unknown.path("statement").asText(), jwks, setting.url(), OFFICE, Instant.now());
    assertEquals("unknown", claims.at("/predicates/0/answer").asText());
    assertEquals(statement.length() / 40, unknown.path("statement").asText().length() / 40);
  }

  @Test
  void anAgencyIsTheAudienceOfItsOwnStatements() throws Exception {
    String token =
        client.token("person.read", List.of(RegistryClient.grant("marriage", "verify", "alive")));
    JsonNode body =
        JSON.readTree(
            client
                .as(token, "POST", "/v1/verifications")
                .body(
                    """
                    {"purpose":"marriage","subject":{"personalNumber":"%s"},
                     "predicates":[{"name":"alive"}]}"""
                        .formatted(number))
                .post("/v1/verifications")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    StatementChecker.check(
        body.path("statement").asText(),
        jwks,
        setting.url(),
        "urn:mekong:agency:VN:vn-test",
        Instant.now());
  }

  @Test
  void publishesNoSecretAndLetsEverybodyKeepTheKeysForAWhile() {
    assertFalse(jwks.contains("\"d\""));
    client
        .open()
        .get("/.well-known/jwks.json")
        .then()
        .header("Cache-Control", equalTo("public, max-age=300"))
        .body("keys[0].alg", equalTo("ES256"))
        .body("keys[0].use", equalTo("sig"));
    assertTrue(jwks.contains("P-256"));
  }

  private JsonNode verify(String asked) throws Exception {
    return JSON.readTree(
        client
            .asGateway()
            .body(
                """
                {"purpose":"marriage","subject":{"personalNumber":"%s"},
                 "predicates":[{"name":"alive"},{"name":"age_over","years":90},
                  {"name":"name_matches","names":"Tran Thi Hoa"},
                  {"name":"parent_of","personalNumber":"045199000000"}],
                 "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                    .formatted(asked, UUID.randomUUID()))
            .post("/v1/verifications")
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  private String refused(String what, String audience, Instant now) {
    return String.valueOf(
        assertThrows(
                StatementChecker.Refused.class,
                () -> StatementChecker.check(what, jwks, setting.url(), audience, now))
            .getMessage());
  }
}
