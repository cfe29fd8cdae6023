package org.mekong.identity.token.exchange;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.account.Account;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;

/** RFC 8693: a service acts for an officer, says so, and may no more than both. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class TokenExchangeIT {
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  @Inject TestPerson people;
  @Inject Revocations revocations;

  @Test
  void serviceActsForTheOfficerAndTheTokenNamesBoth() throws Exception {
    TestSystem gateway = TestSystem.service(TestNode.GATEWAY_SERVICE);
    String subject = officersToken();

    Response answer = gateway.ask(exchanging(gateway, subject));

    answer
        .then()
        .statusCode(200)
        .body("issued_token_type", equalTo(ACCESS_TOKEN))
        .body("token_type", equalTo("DPoP"))
        .body("scope", equalTo("person.read"))
        .body("refresh_token", nullValue())
        .body("id_token", nullValue());
    JWTClaimsSet before = SignedJWT.parse(subject).getJWTClaimsSet();
    JWTClaimsSet claims = SignedJWT.parse((String) answer.path("access_token")).getJWTClaimsSet();
    assertEquals(before.getSubject(), claims.getSubject());
    assertEquals(before.getStringClaim("grant_id"), claims.getStringClaim("grant_id"));
    assertEquals(List.of("inquirer", "registrar"), claims.getStringListClaim("roles"));
    assertEquals(gateway.clientId(), claims.getStringClaim("client_id"));
    assertEquals(Map.of("sub", gateway.clientId()), claims.getJSONObjectClaim("act"));
    assertEquals(List.of(TestSystem.REGISTRY), claims.getAudience());
    assertEquals(Map.of("jkt", gateway.dpop().thumbprint()), claims.getJSONObjectClaim("cnf"));
  }

  @Test
  void chainOfServicesIsKept() throws Exception {
    TestSystem gateway = TestSystem.service(TestNode.GATEWAY_SERVICE);
    TestSystem registry = TestSystem.service(TestNode.REGISTRY_SERVICE);
    String second = gateway.ask(exchanging(gateway, officersToken())).path("access_token");

    Response third = registry.ask(exchanging(registry, second));

    assertEquals(
        Map.of("sub", registry.clientId(), "act", Map.of("sub", gateway.clientId())),
        SignedJWT.parse((String) third.path("access_token"))
            .getJWTClaimsSet()
            .getJSONObjectClaim("act"));
  }

  @TestFactory
  List<DynamicTest> refuses() {
    TestSystem gateway = TestSystem.service(TestNode.GATEWAY_SERVICE);
    String good = officersToken();
    String own = gateway.ask(gateway.form()).path("access_token");
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(refused(gateway, good, "2.1: subject_token missing", f -> f.remove("subject_token")));
    tests.add(refused(gateway, good, "2.1: its type missing", f -> f.remove("subject_token_type")));
    tests.add(
        refused(
            gateway,
            good,
            "2.1: an ID token for a subject token",
            f -> f.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token")));
    tests.add(
        refused(
            gateway,
            good,
            "2.1: another type asked for",
            f -> f.put("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token")));
    tests.add(
        refused(
            gateway,
            good,
            "2.1: somebody else for an actor",
            f -> {
              f.put("actor_token", good);
              f.put("actor_token_type", ACCESS_TOKEN);
            }));
    tests.add(refused(gateway, good, "2.2.2: not a token", f -> f.put("subject_token", "x")));
    tests.add(
        refused(gateway, good, "2.2.2: a changed token", f -> f.put("subject_token", good + "x")));
    tests.add(
        refused(
            gateway,
            good,
            "2.2.2: a token of a system, on nobody's behalf",
            f -> f.put("subject_token", own)));
    return tests;
  }

  private static DynamicTest refused(
      TestSystem gateway, String token, String what, Consumer<Map<String, String>> alter) {
    return DynamicTest.dynamicTest(
        "RFC 8693 " + what,
        () -> {
          Map<String, String> form = exchanging(gateway, token);
          alter.accept(form);
          gateway.ask(form).then().statusCode(400).body("error", equalTo("invalid_request"));
        });
  }

  @Test
  void tokenForAnotherServiceIsNotExchanged() {
    TestSystem registry = TestSystem.service(TestNode.REGISTRY_SERVICE);

    registry
        .ask(exchanging(registry, officersToken()))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_request"));
  }

  @Test
  void clientThatServesNothingExchangesNothing() {
    TestSystem thief =
        TestSystem.application(
            Map.of(
                "grantTypes", List.of("authorization_code", "refresh_token", TestSystem.EXCHANGE)));

    thief
        .ask(exchanging(thief, officersToken()))
        .then()
        .statusCode(400)
        .body("error", equalTo("unauthorized_client"));
  }

  @Test
  void moreThanThePersonsTokenHoldsIsRefused() {
    TestSystem gateway = TestSystem.service(TestNode.GATEWAY_SERVICE);
    Map<String, String> scope = exchanging(gateway, officersToken());
    scope.put("scope", "lookup");
    Map<String, String> details = exchanging(gateway, officersToken());
    details.put(
        "authorization_details", "[{\"type\":\"population_lookup\",\"purpose\":\"marriage\"}]");
    Map<String, String> target = exchanging(gateway, officersToken());
    target.put("resource", "https://elsewhere.example");

    gateway.ask(scope).then().statusCode(400).body("error", equalTo("invalid_scope"));
    gateway
        .ask(details)
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_authorization_details"));
    gateway.ask(target).then().statusCode(400).body("error", equalTo("invalid_target"));
  }

  @Test
  void revokedGrantIsNotExchanged() {
    TestSystem gateway = TestSystem.service(TestNode.GATEWAY_SERVICE);
    TestSystem system = TestSystem.application(Map.of());
    AuthorizationGrant grant = grant(system);
    String token =
        system.ask(TestPerson.redeeming(system, people.code(grant))).path("access_token");
    String exchanged = gateway.ask(exchanging(gateway, token)).path("access_token");

    revocations.revokeGrant(grant.id());

    gateway.ask(exchanging(gateway, token)).then().statusCode(400);
    TestSystem registry = TestSystem.service(TestNode.REGISTRY_SERVICE);
    registry.ask(exchanging(registry, exchanged)).then().statusCode(400);
  }

  private AuthorizationGrant grant(TestSystem system) {
    Account officer = people.officer(system.clientId());
    return people.grant(
        system, people.signIn(officer).session(), Set.of("openid", "person.read", "person.write"));
  }

  private String officersToken() {
    TestSystem system = TestSystem.application(Map.of());
    return system
        .ask(TestPerson.redeeming(system, people.code(grant(system))))
        .then()
        .statusCode(200)
        .extract()
        .path("access_token");
  }

  private static Map<String, String> exchanging(TestSystem service, String token) {
    Map<String, String> form = service.form(TestSystem.EXCHANGE);
    form.put("subject_token", token);
    form.put("subject_token_type", ACCESS_TOKEN);
    return form;
  }
}
