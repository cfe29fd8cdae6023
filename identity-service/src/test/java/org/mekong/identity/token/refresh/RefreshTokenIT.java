package org.mekong.identity.token.refresh;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** RFC 6749 section 6 as FAPI 2.0 section 5.3.2.1 wants it. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class RefreshTokenIT {
  @Inject TestPerson people;
  @Inject DataSource database;

  @Test
  void refreshTokenIsNotRotatedAndGoesOnBeingGood() throws Exception {
    TestSystem system = TestSystem.application(Map.of());
    Response first = system.ask(TestPerson.redeeming(system, people.code(system)));
    JWTClaimsSet before = claims(first.path("id_token"));

    for (int i = 0; i < 3; i++) {
      Response again = system.ask(refreshing(system, first.path("refresh_token")));
      again.then().statusCode(200).body("refresh_token", nullValue());
      JWTClaimsSet after = claims(again.path("id_token"));
      assertEquals(before.getSubject(), after.getSubject());
      assertEquals(before.getAudience(), after.getAudience());
      assertEquals(before.getLongClaim("auth_time"), after.getLongClaim("auth_time"));
      assertNull(after.getClaim("nonce"), "OpenID Connect Core section 12.2");
    }
  }

  @Test
  void anotherClientCannotUseIt() {
    TestSystem owner = TestSystem.application(Map.of());
    TestSystem thief = TestSystem.application(Map.of());
    String token = owner.ask(TestPerson.redeeming(owner, people.code(owner))).path("refresh_token");

    thief
        .ask(refreshing(thief, token))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
    owner.ask(refreshing(owner, token)).then().statusCode(200);
  }

  @Test
  void newTokenIsBoundToTheKeyOfThisRequest() throws Exception {
    TestSystem system = TestSystem.application(Map.of());
    String token =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("refresh_token");
    DpopClient next = new DpopClient();

    Response answer =
        given()
            .formParams(refreshing(system, token))
            .header("DPoP", next.proof("POST", TestSystem.TOKEN))
            .post("/token");

    assertEquals(
        Map.of("jkt", next.thumbprint()),
        claims(answer.then().statusCode(200).extract().path("access_token"))
            .getJSONObjectClaim("cnf"));
    given()
        .formParams(refreshing(system, token))
        .post("/token")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_dpop_proof"));
  }

  @Test
  void scopeIsNarrowedAndNeverWidened() {
    TestSystem system = TestSystem.application(Map.of());
    String token =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("refresh_token");
    Map<String, String> narrow = refreshing(system, token);
    narrow.put("scope", "person.read");
    Map<String, String> wide = refreshing(system, token);
    wide.put("scope", "openid person.read person.write");

    system
        .ask(narrow)
        .then()
        .statusCode(200)
        .body("scope", equalTo("person.read"))
        .body("id_token", nullValue());
    system.ask(wide).then().statusCode(400).body("error", equalTo("invalid_scope"));
    system
        .ask(refreshing(system, token))
        .then()
        .statusCode(200)
        .body("scope", equalTo("openid person.read"));
  }

  @Test
  void grantTypeThatIsNotRegisteredIsRefused() {
    TestSystem plain = TestSystem.registered();
    for (String type :
        List.of(
            "authorization_code",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:token-exchange")) {
      Map<String, String> form = plain.form(type);
      form.put("code", "x");
      form.put("redirect_uri", TestSystem.REDIRECT);
      form.put("code_verifier", "v".repeat(43));
      form.put("refresh_token", "x");
      form.put("subject_token", "x");
      form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
      plain.ask(form).then().statusCode(400).body("error", equalTo("unauthorized_client"));
    }
    TestSystem application = TestSystem.application(Map.of());
    application
        .ask(application.form())
        .then()
        .statusCode(400)
        .body("error", equalTo("unauthorized_client"));
    for (String old :
        List.of("password", "implicit", "urn:ietf:params:oauth:grant-type:saml2-bearer")) {
      application
          .ask(application.form(old))
          .then()
          .statusCode(400)
          .body("error", equalTo("unsupported_grant_type"));
    }
  }

  @Test
  void refreshTokenIsNotReadableInTheDatabase() throws Exception {
    TestSystem system = TestSystem.application(Map.of());
    String token =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("refresh_token");

    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT refresh_token::text FROM refresh_token")) {
      while (rows.next()) {
        assertFalse(rows.getString(1).contains(token));
      }
    }
  }

  private static Map<String, String> refreshing(TestSystem system, String token) {
    Map<String, String> form = system.form("refresh_token");
    form.put("refresh_token", token);
    return form;
  }

  private static JWTClaimsSet claims(String token) throws Exception {
    return SignedJWT.parse(token).getJWTClaimsSet();
  }
}
