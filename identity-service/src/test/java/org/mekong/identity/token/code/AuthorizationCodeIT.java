package org.mekong.identity.token.code;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.account.Account;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.key.JwsKeys;
import org.mekong.resourceserver.testing.DpopClient;

/** A code for tokens, once, for whom it was made. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class AuthorizationCodeIT {
  @Inject TestPerson people;

  @Test
  void codeYieldsTokensThatSayWhoAndHow() throws Exception {
    TestSystem system = TestSystem.application(Map.of());
    Account officer = people.officer(system.clientId());
    var session = people.signIn(officer).session();
    AuthorizationGrant grant =
        people.grant(system, session, Set.of("openid", "person.read", "person.write"));

    Response answer = system.ask(TestPerson.redeeming(system, people.code(grant)));

    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("token_type", equalTo("DPoP"))
        .body("scope", equalTo("openid person.read person.write"))
        .body("refresh_token", notNullValue());
    JWTClaimsSet id = verified(answer.path("id_token")).getJWTClaimsSet();
    assertEquals(TestSystem.ISSUER, id.getIssuer());
    assertEquals(List.of(system.clientId()), id.getAudience());
    assertEquals("nonce-1", id.getStringClaim("nonce"));
    assertEquals("urn:mekong:loa:high", id.getStringClaim("acr"));
    assertEquals(List.of("pwd", "otp"), id.getStringListClaim("amr"));
    assertEquals(session.authTime().getEpochSecond(), id.getLongClaim("auth_time"));
    SignedJWT token = verified(answer.path("access_token"));
    JWTClaimsSet access = token.getJWTClaimsSet();
    assertEquals("at+jwt", token.getHeader().getType().toString());
    assertEquals(id.getSubject(), access.getSubject());
    assertNotEquals(officer.id().toString(), access.getSubject());
    assertEquals(system.clientId(), access.getStringClaim("client_id"));
    assertEquals(
        List.of(TestSystem.GATEWAY, TestSystem.ISSUER + "/userinfo"), access.getAudience());
    assertEquals(List.of("inquirer", "registrar"), access.getStringListClaim("roles"));
    assertEquals("Desk 4", access.getStringClaim("office"));
    assertEquals(Map.of("jkt", system.dpop().thumbprint()), access.getJSONObjectClaim("cnf"));
  }

  @Test
  void scopeThatThePersonsRolesDoNotOpenIsLeftOut() {
    TestSystem system = TestSystem.application(Map.of());
    Account officer = people.officer(system.clientId());
    AuthorizationGrant grant =
        people.grant(
            system, people.signIn(officer).session(), Set.of("person.read", "identity.admin"));

    system
        .ask(TestPerson.redeeming(system, people.code(grant)))
        .then()
        .statusCode(200)
        .body("scope", equalTo("person.read"))
        .body("id_token", nullValue());
  }

  @Test
  void subjectIsOneForAnAgencyAndAnotherForTheNext() throws Exception {
    TestSystem first = TestSystem.application(Map.of());
    TestSystem sibling = new TestSystem(first.clientId() + "-2", DpopClient.newKey());
    sibling.in(first.clientId(), Map.of());
    TestSystem stranger = TestSystem.application(Map.of());
    Account officer = people.officer(first.clientId());

    assertEquals(subject(first, officer), subject(sibling, officer));
    assertNotEquals(subject(first, officer), subject(stranger, officer));
  }

  private String subject(TestSystem system, Account officer) throws Exception {
    AuthorizationGrant grant =
        people.grant(system, people.signIn(officer).session(), TestPerson.SCOPES);
    String token = system.ask(TestPerson.redeeming(system, people.code(grant))).path("id_token");
    return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
  }

  @TestFactory
  List<DynamicTest> refuses() {
    TestSystem system = TestSystem.application(Map.of());
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(refused(system, "RFC 6749 4.1.3: unknown code", f -> f.put("code", "x".repeat(43))));
    tests.add(
        refused(system, "RFC 6749 4.1.3: redirect_uri missing", f -> f.remove("redirect_uri")));
    tests.add(
        refused(
            system,
            "RFC 6749 4.1.3: another redirect_uri",
            f -> f.put("redirect_uri", TestSystem.REDIRECT + "/")));
    tests.add(
        refused(
            system,
            "RFC 7636 4.6, FAPI 2.0 5.3.2.2: verifier missing (downgrade)",
            f -> f.remove("code_verifier")));
    tests.add(
        refused(
            system, "RFC 7636 4.6: another verifier", f -> f.put("code_verifier", "w".repeat(64))));
    tests.add(
        refused(
            system,
            "RFC 7636 4.6: the challenge itself for a verifier (plain)",
            f ->
                f.put(
                    "code_verifier",
                    com.nimbusds.oauth2.sdk.pkce.CodeChallenge.compute(
                            com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod.S256,
                            TestPerson.VERIFIER)
                        .getValue())));
    return tests;
  }

  private DynamicTest refused(TestSystem system, String what, Consumer<Map<String, String>> alter) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Map<String, String> form = TestPerson.redeeming(system, people.code(system));
          alter.accept(form);
          system.ask(form).then().statusCode(400).body("error", equalTo("invalid_grant"));
        });
  }

  @Test
  void codeOfAnotherClientIsUnknownAndStaysGood() {
    TestSystem owner = TestSystem.application(Map.of());
    TestSystem thief = TestSystem.application(Map.of());
    String code = people.code(owner);

    thief
        .ask(TestPerson.redeeming(thief, code))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
    owner.ask(TestPerson.redeeming(owner, code)).then().statusCode(200);
  }

  @Test
  void codeBoundToAKeyNeedsThatKey() {
    TestSystem system = TestSystem.application(Map.of());
    AuthorizationGrant grant =
        people.grant(
            system, people.signIn(people.officer(system.clientId())).session(), TestPerson.SCOPES);
    DpopClient thief = new DpopClient();
    String bound =
        people.code(TestPerson.with(grant, List.of(), Optional.of(system.dpop().thumbprint())));

    given()
        .formParams(TestPerson.redeeming(system, bound))
        .header("DPoP", thief.proof("POST", TestSystem.TOKEN))
        .post("/token")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
  }

  @Test
  void reusedCodeTakesBackWhatItIssued() {
    TestSystem system = TestSystem.application(Map.of());
    String code = people.code(system);
    Response first = system.ask(TestPerson.redeeming(system, code));
    first.then().statusCode(200);
    String refresh = first.path("refresh_token");
    system.ask(refreshing(system, refresh)).then().statusCode(200);

    system
        .ask(TestPerson.redeeming(system, code))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));

    system
        .ask(refreshing(system, refresh))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
  }

  @Test
  void ofSimultaneousRedemptionsAtMostOneGetsTokensThatLast() throws Exception {
    TestSystem system = TestSystem.application(Map.of());
    for (int round = 0; round < 3; round++) {
      String code = people.code(system);
      CountDownLatch start = new CountDownLatch(1);
      try (var threads = Executors.newFixedThreadPool(8)) {
        List<Future<Integer>> answers =
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        threads.submit(
                            () -> {
                              start.await();
                              return system.ask(TestPerson.redeeming(system, code)).statusCode();
                            }))
                .toList();
        start.countDown();
        int issued = 0;
        for (Future<Integer> answer : answers) {
          issued += answer.get() == 200 ? 1 : 0;
        }
        assertEquals(1, issued);
      }
    }
  }

  @Test
  void closedAccountGetsNoTokens() {
    TestSystem system = TestSystem.application(Map.of());
    Account officer = people.officer(system.clientId());
    AuthorizationGrant grant =
        people.grant(system, people.signIn(officer).session(), TestPerson.SCOPES);
    Response first = system.ask(TestPerson.redeeming(system, people.code(grant)));
    people.change(closed(officer));

    system
        .ask(refreshing(system, first.path("refresh_token")))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
  }

  private static Account closed(Account account) {
    return new Account(
        account.id(),
        account.kind(),
        account.userName(),
        account.name(),
        account.agencyId(),
        account.office(),
        account.roles(),
        Account.Status.CLOSED,
        account.assurance(),
        account.version(),
        account.createdAt());
  }

  private static Map<String, String> refreshing(TestSystem system, String token) {
    Map<String, String> form = system.form("refresh_token");
    form.put("refresh_token", token);
    return form;
  }

  private static SignedJWT verified(String token) throws Exception {
    SignedJWT jwt = SignedJWT.parse(token);
    JWKSet keys = JWKSet.parse(given().get("/jwks").asString());
    assertTrue(jwt.verify(JwsKeys.verifier(keys.getKeyByKeyId(jwt.getHeader().getKeyID()))));
    return jwt;
  }
}
