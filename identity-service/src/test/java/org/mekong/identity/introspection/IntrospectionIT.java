package org.mekong.identity.introspection;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Account;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** RFC 7662 and RFC 7009: what is said of a token, to whom, and how one is given back. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class IntrospectionIT {
  @Inject TestPerson people;
  @Inject Revocations revocations;

  @Test
  void clientLearnsOfItsOwnTokens() {
    TestSystem system = TestSystem.application(Map.of());
    Response tokens = system.ask(TestPerson.redeeming(system, people.code(system)));

    about(system, "/introspect", tokens.path("access_token"))
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("active", equalTo(true))
        .body("client_id", equalTo(system.clientId()))
        .body("token_type", equalTo("DPoP"))
        .body("cnf.jkt", equalTo(system.dpop().thumbprint()))
        .body("scope", equalTo("openid person.read"))
        .body("iss", equalTo(TestSystem.ISSUER))
        .body("acr", equalTo("urn:mekong:loa:high"));
    about(system, "/introspect", tokens.path("refresh_token"))
        .then()
        .statusCode(200)
        .body("active", equalTo(true))
        .body("token_type", nullValue());
  }

  @Test
  void serviceLearnsOfTokensThatAreMeantForItAndNobodyElseDoes() {
    TestSystem system = TestSystem.application(Map.of());
    Response tokens = system.ask(TestPerson.redeeming(system, people.code(system)));
    TestSystem stranger = TestSystem.application(Map.of());
    TestSystem gateway = TestSystem.service(TestNode.GATEWAY_SERVICE);
    TestSystem registry = TestSystem.service(TestNode.REGISTRY_SERVICE);

    for (TestSystem other : List.of(stranger, registry)) {
      Response answer = about(other, "/introspect", tokens.path("access_token"));
      assertEquals("{\"active\":false}", answer.asString());
      assertEquals(
          "{\"active\":false}",
          about(other, "/introspect", tokens.path("refresh_token")).asString());
    }
    about(gateway, "/introspect", tokens.path("access_token"))
        .then()
        .body("active", equalTo(true))
        .body("roles", equalTo(List.of("inquirer", "registrar")));
  }

  @Test
  void whatIsNoTokenIsInactive() {
    TestSystem system = TestSystem.application(Map.of());
    Response tokens = system.ask(TestPerson.redeeming(system, people.code(system)));

    for (String token :
        List.of("x", "a.b.c", tokens.path("id_token"), tokens.path("access_token") + "x")) {
      assertEquals("{\"active\":false}", about(system, "/introspect", token).asString());
    }
    about(system, "/introspect", "")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_request"));
  }

  @Test
  void strangersAreNotAnswered() {
    TestSystem nobody = new TestSystem("nobody-" + UUID.randomUUID(), DpopClient.newKey());
    for (String path : List.of("/introspect", "/revoke")) {
      about(nobody, path, "x").then().statusCode(401).body("error", equalTo("invalid_client"));
      given()
          .formParam("token", "x")
          .post(path)
          .then()
          .statusCode(401)
          .body("error", equalTo("invalid_client"));
      given()
          .contentType("application/json")
          .body("{}")
          .post(path)
          .then()
          .statusCode(400)
          .body("error", equalTo("invalid_request"));
    }
  }

  @Test
  void replayedAssertionIsRefusedHereToo() {
    TestSystem system = TestSystem.application(Map.of());
    Map<String, String> form = system.form("x");
    form.put("token", "x");
    given().formParams(form).post("/introspect").then().statusCode(200);

    for (String path : List.of("/introspect", "/revoke", "/token")) {
      given().formParams(form).post(path).then().statusCode(path.equals("/token") ? 400 : 401);
    }
  }

  @Test
  void refreshTokenThatIsGivenBackTakesAllOfItsGrantAlong() {
    TestSystem system = TestSystem.application(Map.of());
    Response tokens = system.ask(TestPerson.redeeming(system, people.code(system)));
    String refresh = tokens.path("refresh_token");
    String access = tokens.path("access_token");

    about(system, "/revoke", refresh).then().statusCode(200);

    for (String token : List.of(refresh, access)) {
      about(system, "/introspect", token).then().body("active", equalTo(false));
    }
    Map<String, String> form = system.form("refresh_token");
    form.put("refresh_token", refresh);
    system.ask(form).then().statusCode(400).body("error", equalTo("invalid_grant"));
  }

  @Test
  void accessTokenThatIsGivenBackGoesAlone() {
    TestSystem system = TestSystem.application(Map.of());
    Response tokens = system.ask(TestPerson.redeeming(system, people.code(system)));

    about(system, "/revoke", tokens.path("access_token")).then().statusCode(200);

    about(system, "/introspect", tokens.path("access_token")).then().body("active", equalTo(false));
    about(system, "/introspect", tokens.path("refresh_token")).then().body("active", equalTo(true));
  }

  @Test
  void anotherClientsTokenStaysGood() {
    TestSystem owner = TestSystem.application(Map.of());
    TestSystem other = TestSystem.application(Map.of());
    Response tokens = owner.ask(TestPerson.redeeming(owner, people.code(owner)));

    for (String name : List.of("refresh_token", "access_token")) {
      about(other, "/revoke", tokens.path(name)).then().statusCode(200);
      about(owner, "/introspect", tokens.path(name)).then().body("active", equalTo(true));
    }
    about(owner, "/revoke", "no token").then().statusCode(200);
  }

  @Test
  void revokedGrantIsOverAndRevokingAgainChangesNothing() {
    TestSystem system = TestSystem.application(Map.of());
    Account officer = people.officer(system.clientId());
    AuthorizationGrant grant =
        people.grant(system, people.signIn(officer).session(), TestPerson.SCOPES);
    Response tokens = system.ask(TestPerson.redeeming(system, people.code(grant)));

    revocations.revokeGrant(grant.id());
    revocations.revokeGrant(grant.id());

    about(system, "/introspect", tokens.path("access_token")).then().body("active", equalTo(false));
    String code = people.code(TestPerson.with(grant, UUID.randomUUID()));
    system.ask(TestPerson.redeeming(system, code)).then().statusCode(200);
  }

  private static Response about(TestSystem system, String path, String token) {
    Map<String, String> form = system.form("none");
    form.remove("grant_type");
    form.put("token", token);
    return given().formParams(form).post(path);
  }
}
