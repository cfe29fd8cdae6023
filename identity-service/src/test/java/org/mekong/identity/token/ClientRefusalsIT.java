package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** Whom the token endpoint refuses: wrong assertions and wrong proofs. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class ClientRefusalsIT {
  private static final String OTHER = "https://evil.example";

  @TestFactory
  List<DynamicTest> refusesTheClient() throws Exception {
    TestSystem system = TestSystem.registered();
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        client("an unknown client", new TestSystem("nobody", DpopClient.newKey()).assertion()));
    tests.add(
        client("another's key", system.sign(DpopClient.newKey(), JWSAlgorithm.ES256, same())));
    tests.add(client("RS256", system.sign(rsa(), JWSAlgorithm.RS256, same())));
    tests.add(
        client("PS256 by a key not registered", system.sign(rsa(), JWSAlgorithm.PS256, same())));
    tests.add(client("alg none", new PlainJWT(claims(system)).serialize()));
    tests.add(client("not a JWT", "abc"));
    tests.add(client("a huge assertion", system.assertion(c -> c.claim("pad", "x".repeat(9000)))));
    tests.add(
        client(
            "aud the token endpoint",
            system.assertion(c -> c.audience(TestSystem.TOKEN.toString()))));
    tests.add(
        client("aud a list", system.assertion(c -> c.audience(List.of(TestSystem.ISSUER, OTHER)))));
    tests.add(client("aud of another issuer", system.assertion(c -> c.audience(OTHER))));
    tests.add(client("aud missing", system.assertion(c -> c.audience((String) null))));
    tests.add(client("iss of another", system.assertion(c -> c.issuer("mekong-administrator"))));
    tests.add(client("iss missing", system.assertion(c -> c.issuer(null))));
    tests.add(client("sub of another", system.assertion(c -> c.subject("mekong-administrator"))));
    tests.add(client("sub missing", system.assertion(c -> c.subject(null))));
    tests.add(client("jti missing", system.assertion(c -> c.jwtID(null))));
    tests.add(client("jti empty", system.assertion(c -> c.jwtID(""))));
    tests.add(client("jti huge", system.assertion(c -> c.jwtID("x".repeat(300)))));
    tests.add(client("exp missing", system.assertion(c -> c.expirationTime(null))));
    tests.add(client("exp past", system.assertion(c -> c.expirationTime(at(-1)))));
    tests.add(client("exp far ahead", system.assertion(c -> c.expirationTime(at(3600)))));
    tests.add(client("iat ahead", system.assertion(c -> c.issueTime(at(30)))));
    tests.add(client("nbf ahead", system.assertion(c -> c.notBeforeTime(at(30)))));
    return tests;
  }

  @TestFactory
  List<DynamicTest> refusesTheProof() {
    TestSystem system = TestSystem.registered();
    DpopClient dpop = system.dpop();
    URI uri = TestSystem.TOKEN;
    return List.of(
        proof(system, "no proof"),
        proof(system, "two proofs", dpop.proof("POST", uri), dpop.proof("POST", uri)),
        proof(system, "not a JWT", "x"),
        proof(system, "htu of another endpoint", dpop.proof("POST", URI.create(OTHER))),
        proof(system, "htm GET", dpop.proof("GET", uri)),
        proof(system, "stale", dpop.proof("POST", uri, "", c -> c.issueTime(at(-61)))),
        proof(system, "ahead", dpop.proof("POST", uri, "", c -> c.issueTime(at(20)))),
        proof(system, "no jti", dpop.proof("POST", uri, "", c -> c.jwtID(null))));
  }

  @Test
  void refusesAReplayedAssertion() {
    TestSystem system = TestSystem.registered();
    Map<String, String> form = system.form();
    system.ask(form).then().statusCode(200);

    system.ask(form).then().statusCode(401).body("error", equalTo("invalid_client"));
  }

  @Test
  void refusesAReplayedProof() {
    TestSystem system = TestSystem.registered();
    String proof = system.dpop().proof("POST", TestSystem.TOKEN);
    given().formParams(system.form()).header("DPoP", proof).post("/token").then().statusCode(200);

    given()
        .formParams(system.form())
        .header("DPoP", proof)
        .post("/token")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_dpop_proof"));
  }

  @Test
  void unknownClientAndWrongKeyAreAnsweredAlike() {
    TestSystem known = TestSystem.registered();
    Map<String, String> wrongKey = known.form();
    wrongKey.put("client_assertion", known.sign(DpopClient.newKey(), JWSAlgorithm.ES256, same()));
    Map<String, String> unknown = new TestSystem("nobody-at-all", DpopClient.newKey()).form();

    Response first = known.ask(wrongKey);
    Response second = known.ask(unknown);

    assertEquals(first.statusCode(), second.statusCode());
    assertEquals(first.asString(), second.asString());
  }

  private static DynamicTest client(String what, String assertion) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          TestSystem system = new TestSystem("any", DpopClient.newKey());
          Map<String, String> form = system.form();
          form.put("client_assertion", assertion);
          refused(system.ask(form), 401, "invalid_client");
        });
  }

  private static DynamicTest proof(TestSystem system, String what, String... proofs) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          var request = given().formParams(system.form());
          for (String proof : proofs) {
            request.header("DPoP", proof);
          }
          refused(request.post("/token"), 400, "invalid_dpop_proof");
        });
  }

  private static void refused(Response response, int status, String error) {
    response
        .then()
        .statusCode(status)
        .contentType(containsString("application/json"))
        .header("Cache-Control", "no-store")
        .body("error", equalTo(error))
        .body("error_description", notNullValue());
  }

  private static JWTClaimsSet claims(TestSystem system) throws Exception {
    return com.nimbusds.jwt.SignedJWT.parse(system.assertion()).getJWTClaimsSet();
  }

  private static UnaryOperator<JWTClaimsSet.Builder> same() {
    return UnaryOperator.identity();
  }

  private static Date at(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static com.nimbusds.jose.jwk.JWK rsa() throws Exception {
    return new RSAKeyGenerator(2048).generate();
  }
}
