package org.mekong.registry.permission;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;

/** What is read rests on purpose, token and rule together. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ReadingByPurposeIT extends ReaderTrials {

  private static final String SETS = ",\"fieldSets\":[\"identity\",\"statements\"]";

  @Test
  void anUnknownPurposeIsRefusedAndNotRepeated() {
    String name = "Nguyen-Thi-Hoa";
    read(admin.token(name, "read", "", "names"), name, "")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:mekong:problem:unknown-purpose"))
        .body("rule", equalTo("purpose/unknown"))
        .body("detail", not(equalTo(name)));
    gateway("/v1/readings", name, "\"fields\":[\"names\"]")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:mekong:problem:unknown-purpose"));
  }

  @Test
  void anUnknownFieldOrStatementIsNamed() {
    String token = admin.token("civil-registration", "read", "", "names");
    read(token, "civil-registration", "&fields=names,soul")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("fields[1]"))
        .body("violations[0].rule", equalTo("known-code"));
    gateway("/v1/verifications", "marriage", "\"predicates\":[{\"name\":\"happy\"}]")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("predicates[0].name"));
  }

  @Test
  void aPurposeThatTheTokenDoesNotCarryIsRefused() {
    String token = admin.token("marriage", "read", "", "names");
    read(token, "civil-registration", "")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:mekong:problem:purpose-not-granted"))
        .body("rule", equalTo("grant/civil-registration/read"));
    verify(token, "marriage", "")
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/marriage/verify"));
  }

  @Test
  void aLegalBasisThatContradictsTheTokensIsRefused() {
    String token = admin.token("marriage", "verify", "", "alive");
    verify(token, "marriage", ",\"legalBasis\":\"Another law\"")
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/marriage/verify/legal-basis"));
    verify(token, "marriage", ",\"legalBasis\":\"Law on Civil Status\"").then().statusCode(200);
    verify(token, "marriage", "").then().statusCode(200);
  }

  @Test
  void aPurposeIsReadForOnItsDaysAlone() {
    for (String days : List.of(",\"validFrom\":\"2199-01-01\"", ",\"validUntil\":\"2020-12-31\"")) {
      String purpose = admin.purpose(days);
      admin.rule(purpose, SETS);
      read(admin.token(purpose, "read", "", "names"), purpose, "")
          .then()
          .statusCode(403)
          .body("type", equalTo("urn:mekong:problem:purpose-not-in-force"))
          .body("rule", equalTo("purpose/" + purpose + "/in-force"));
      gateway("/v1/readings", purpose, "\"fields\":[\"names\"]").then().statusCode(403);
    }
  }

  @Test
  void anEndedPurposeIsUnknown() {
    String purpose = admin.purpose("");
    admin.rule(purpose, SETS);
    String token = admin.token(purpose, "read", "", "names");
    read(token, purpose, "").then().statusCode(200);
    admin.end("purposes/" + purpose, admin.get("purposes/" + purpose).header("ETag"));
    read(token, purpose, "").then().statusCode(400);
  }

  @Test
  void aPurposeWithoutARulePermitsNothingAndARuleHoldsAtOnce() {
    String purpose = admin.purpose("");
    String token = admin.token(purpose, "read", "", "names", "sex");
    read(token, purpose, "")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:mekong:problem:not-permitted"))
        .body("rule", equalTo("permission/" + purpose + "/read"));
    gateway("/v1/readings", purpose, "\"fields\":[\"names\"]").then().statusCode(403);

    String rule = admin.rule(purpose, SETS);
    read(token, purpose, "").then().statusCode(200).body("names[0].given", equalTo("Hoa"));
    gateway("/v1/readings", purpose, "\"fields\":[\"names\"]").then().statusCode(200);

    admin.rule(
        purpose,
        ",\"effect\":\"limit\",\"requester\":{\"role\":\"gateway\"},\"fieldSets\":[\"statements\"]");
    gateway("/v1/readings", purpose, "\"fields\":[\"names\"]").then().statusCode(403);
    gateway("/v1/verifications", purpose, "\"predicates\":[{\"name\":\"alive\"}]")
        .then()
        .statusCode(200);
    read(token, purpose, "").then().statusCode(200);

    admin.end("permissions/" + rule, admin.get("permissions/" + rule).header("ETag"));
    read(token, purpose, "").then().statusCode(403);
  }

  @Test
  void aPurposeOfThisNationAloneIsNotForTheGatewayOfAnother() {
    gateway("/v1/readings", "administration", "\"fields\":[\"names\"]")
        .then()
        .statusCode(403)
        .body("rule", equalTo("purpose/administration/across-border"));
  }

  @Test
  void aPurposeAdmitsItsLegalBasesAlone() {
    String purpose = admin.purpose(",\"legalBases\":[\"Law on Civil Status\"]");
    admin.rule(purpose, SETS);
    read(admin.token(purpose, "read", "", "names"), purpose, "").then().statusCode(200);
    gateway("/v1/readings", purpose, "\"legalBasis\":\"Some law\",\"fields\":[\"names\"]")
        .then()
        .statusCode(403)
        .body("rule", equalTo("purpose/" + purpose + "/legal-basis"));
  }

  /** The gateway and readings by body promise every field or none: they are told which. */
  @Test
  void aReadingThatNamesAForbiddenFieldIsRefused() {
    String token = admin.token("marriage", "read", "", "names", "permanent_residence");
    client
        .as(token, "POST", "/v1/readings")
        .body(
            "{\"purpose\":\"marriage\",\"subject\":{\"personId\":\"%s\"},\"fields\":[\"names\",\"permanent_residence\"]}"
                .formatted(id))
        .post("/v1/readings")
        .then()
        .statusCode(403)
        .body("rule", equalTo("permission/marriage/read/permanent_residence"));
  }

  @Test
  void aSensitiveFieldNeedsARuleThatNamesIt() {
    String purpose = admin.purpose("");
    admin.rule(purpose, ",\"fieldSets\":[\"everything\"]");
    String token = admin.token(purpose, "read", "", "names", "religion");
    read(token, purpose, "&fields=names,religion").then().body("$", not(hasKey("religion")));
    admin.rule(purpose, ",\"sensitiveFields\":[\"religion\"]");
    read(token, purpose, "&fields=names,religion").then().body("religion", equalTo("buddhist"));
    read(token, purpose, "").then().body("$", not(hasKey("religion")));
  }

  @Test
  void aRuleForOfficersIsForTokensThatActForOne() throws SQLException {
    String purpose = admin.purpose("");
    admin.rule(purpose, SETS + ",\"requester\":{\"role\":\"officer\"}");
    read(admin.token(purpose, "read", "", "names"), purpose, "").then().statusCode(403);
    read(admin.token(purpose, "read", " duplicate.review", "names"), purpose, "")
        .then()
        .statusCode(200);
    String officer =
        setting
            .issuer()
            .token(
                client.dpop(),
                "test-client",
                URI.create(setting.url()),
                claims ->
                    claims
                        .claim("scope", "person.read")
                        .claim("officer", "officer-7")
                        .claim(
                            "authorization_details",
                            List.of(RegistryClient.grant(purpose, "read", "names"))));
    read(officer, purpose, "").then().statusCode(200);
    assertEquals("officer-7", text("officer"));
    assertEquals("Law on Civil Status", text("legal_basis"));
  }

  @Test
  void theLongestDelayHidesTheDisclosure() throws SQLException {
    String purpose = admin.purpose("");
    admin.rule(purpose, SETS);
    read(admin.token(purpose, "read", "", "names"), purpose, "").then().statusCode(200);
    assertNull(visibleAfter());
    admin.rule(purpose, SETS + ",\"visibilityDelay\":\"P2D\"");
    admin.rule(purpose, SETS + ",\"visibilityDelay\":\"P1D\"");
    read(admin.token(purpose, "read", "", "names"), purpose, "").then().statusCode(200);
    Instant after = visibleAfter();
    assertNotNull(after);
    Duration delay = Duration.between(Instant.now(), after);
    assertTrue(
        delay.compareTo(Duration.ofHours(47)) > 0 && delay.toHours() <= 48, delay.toString());
  }

  private Response verify(String token, String purpose, String more) {
    return client
        .as(token, "POST", "/v1/verifications")
        .body(
            """
            {"purpose":"%s","subject":{"personId":"%s"},"predicates":[{"name":"alive"}]%s}"""
                .formatted(purpose, id, more))
        .post("/v1/verifications");
  }

  private String text(String column) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select officer, legal_basis from disclosure where person_id = ?"
                    + " order by disclosure_id desc limit 1")) {
      select.setObject(1, UUID.fromString(id));
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next());
        return String.valueOf(row.getString(column));
      }
    }
  }

  private @Nullable Instant visibleAfter() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select visible_after from disclosure where person_id = ?"
                    + " order by disclosure_id desc limit 1")) {
      select.setObject(1, UUID.fromString(id));
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next());
        OffsetDateTime after = row.getObject(1, OffsetDateTime.class);
        return after == null ? null : after.toInstant();
      }
    }
  }
}
