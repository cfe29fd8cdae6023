package org.mekong.identity.userinfo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Account;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** OpenID Connect Core section 5.3: who signed in, to whom may know it. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class UserInfoIT {
  private static final URI USER_INFO = URI.create(TestSystem.ISSUER + "/userinfo");

  @Inject TestPerson people;
  @Inject Revocations revocations;

  @Test
  void saysWhoSignedInByGetAndByPost() throws Exception {
    TestSystem system = TestSystem.application(Map.of());
    Response tokens = system.ask(TestPerson.redeeming(system, people.code(system)));
    String token = tokens.path("access_token");
    String subject =
        SignedJWT.parse((String) tokens.path("id_token")).getJWTClaimsSet().getSubject();

    for (String method : List.of("GET", "POST")) {
      asking(system.dpop(), method, token)
          .request(method, "/userinfo")
          .then()
          .statusCode(200)
          .header("Cache-Control", "no-store")
          .body("sub", equalTo(subject))
          .body("account_kind", equalTo("officer"))
          .body("roles", equalTo(List.of("inquirer", "registrar")))
          .body("office", equalTo("Desk 4"));
    }
  }

  @Test
  void tokenWithoutProofOrByAnotherKeyOrAsBearerIsRefused() {
    TestSystem system = TestSystem.application(Map.of());
    String token =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("access_token");

    refused(given().header("Authorization", "DPoP " + token), 401, "invalid_dpop_proof");
    refused(given().header("Authorization", "Bearer " + token), 401, "invalid_token");
    refused(asking(new DpopClient(), "GET", token), 401, "invalid_token");
    refused(given().queryParam("access_token", token), 400, "invalid_request");
    refused(
        given()
            .header("Authorization", "DPoP " + token)
            .header("DPoP", system.dpop().proof("POST", USER_INFO, token)),
        401,
        "invalid_dpop_proof");
  }

  @Test
  void tokenInTheBodyIsNotRead() {
    TestSystem system = TestSystem.application(Map.of());
    String token =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("access_token");

    given()
        .formParam("access_token", token)
        .post("/userinfo")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("DPoP"));
  }

  @Test
  void tokenWithoutOpenidIsNotMeantForThisEndpoint() {
    TestSystem system = TestSystem.application(Map.of());
    Account officer = people.officer(system.clientId());
    AuthorizationGrant grant =
        people.grant(system, people.signIn(officer).session(), Set.of("person.read"));
    String token =
        system.ask(TestPerson.redeeming(system, people.code(grant))).path("access_token");

    refused(asking(system.dpop(), "GET", token), 401, "invalid_token");
  }

  @Test
  void tokenForAPersonIsNoTokenForTheAdministration() {
    TestSystem system = TestSystem.application(Map.of());
    String token =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("access_token");
    URI agencies = URI.create(TestSystem.ISSUER + "/admin/v1/agencies");

    given()
        .header("Authorization", "DPoP " + token)
        .header("DPoP", system.dpop().proof("GET", agencies, token))
        .get("/admin/v1/agencies")
        .then()
        .statusCode(401);
  }

  @Test
  void revokedGrantTellsNothingMore() {
    TestSystem system = TestSystem.application(Map.of());
    Account officer = people.officer(system.clientId());
    AuthorizationGrant grant =
        people.grant(system, people.signIn(officer).session(), TestPerson.SCOPES);
    String token =
        system.ask(TestPerson.redeeming(system, people.code(grant))).path("access_token");
    asking(system.dpop(), "GET", token).get("/userinfo").then().statusCode(200);

    revocations.revokeGrant(grant.id());

    refused(asking(system.dpop(), "GET", token), 401, "invalid_token");
  }

  private static RequestSpecification asking(DpopClient dpop, String method, String token) {
    return given()
        .header("Authorization", "DPoP " + token)
        .header("DPoP", dpop.proof(method, USER_INFO, token));
  }

  private static void refused(RequestSpecification request, int status, String error) {
    request
        .get("/userinfo")
        .then()
        .statusCode(status)
        .contentType(containsString("problem+json"))
        .header("WWW-Authenticate", containsString(error));
  }
}
