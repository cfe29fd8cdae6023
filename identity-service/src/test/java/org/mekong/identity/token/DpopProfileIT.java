package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** What RFC 9449 demands of a token endpoint, one test a demand, named by its section. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class DpopProfileIT {
  private static final URI ENDPOINT = TestSystem.TOKEN;

  @Inject TestPerson people;

  private final List<DynamicTest> tests = new ArrayList<>();
  private TestSystem system;

  @BeforeEach
  void register() {
    system = TestSystem.registered();
  }

  @TestFactory
  List<DynamicTest> rfc9449Section43() throws Exception {
    DpopClient dpop = system.dpop();
    refusesProof("1 two headers", dpop.proof("POST", ENDPOINT), dpop.proof("POST", ENDPOINT));
    refusesProof("2 not a JWT", "x.y.z");
    refusesProof("3 jti missing", proof(c -> c.jwtID(null)));
    refusesProof("3 htm missing", proof(c -> c.claim("htm", null)));
    refusesProof("3 htu missing", proof(c -> c.claim("htu", null)));
    refusesProof("3 iat missing", proof(c -> c.issueTime(null)));
    refusesProof(
        "4 typ JWT",
        dpop.sign(
            new JWSHeader.Builder(dpop.header()).type(com.nimbusds.jose.JOSEObjectType.JWT).build(),
            proofClaims()));
    refusesProof("5 alg none", new PlainJWT(proofClaims()).serialize());
    JWK rsa = new RSAKeyGenerator(2048).generate();
    refusesProof(
        "5 alg RS256",
        new DpopClient(rsa, JWSAlgorithm.RS256, Clock.systemUTC()).proof("POST", ENDPOINT));
    refusesProof("5 alg HS256 with the public key for a secret", byTheSecretOf(rsa));
    refusesProof("6 jwk swapped after signing", swapped());
    refusesProof("7 a private key in the header", privateKey());
    refusesProof("8 htm GET", dpop.proof("GET", ENDPOINT));
    refusesProof(
        "9 htu of another endpoint", dpop.proof("POST", URI.create(TestSystem.ISSUER + "/par")));
    refusesProof(
        "9 htu of another issuer",
        dpop.proof("POST", URI.create("https://id.la.mekong.example/token")));
    acceptsProof(
        "9 htu with a query is this endpoint", dpop.proof("POST", URI.create(ENDPOINT + "?x=y")));
    acceptsProof("10 a nonce where none is given", proof(c -> c.claim("nonce", "n")));
    refusesProof("10 a nonce of 257", proof(c -> c.claim("nonce", "n".repeat(257))));
    refusesProof("11 iat 61 s ago", proof(c -> c.issueTime(at(-61))));
    refusesProof("11 iat 61 s ahead", proof(c -> c.issueTime(at(61))));
    acceptsProof("11 iat 8 s ahead", proof(c -> c.issueTime(at(8))));
    acceptsProof("11 iat 50 s ago", proof(c -> c.issueTime(at(-50))));
    test(
        "RFC 9449 11.1 replayed",
        () -> {
          String once = dpop.proof("POST", ENDPOINT);
          assertEquals(200, send(system.form(), once).statusCode());
          assertEquals("invalid_dpop_proof", send(system.form(), once).path("error"));
        });
    return tests;
  }

  @Test
  void rfc9449Section5TokenTypeIsDpopAndTheTokenIsBound() throws Exception {
    Response answer = system.ask(system.form());

    answer.then().statusCode(200).body("token_type", equalTo("DPoP"));
    assertEquals(
        Map.of("jkt", system.dpop().thumbprint()),
        SignedJWT.parse((String) answer.path("access_token"))
            .getJWTClaimsSet()
            .getJSONObjectClaim("cnf"));
  }

  @Test
  void rfc9449Section10CodeIsBoundToTheKeyOfThePushedRequest() {
    TestSystem application = TestSystem.application(Map.of());
    AuthorizationGrant grant =
        people.grant(
            application,
            people.signIn(people.officer(application.clientId())).session(),
            TestPerson.SCOPES);
    String code =
        people.code(
            TestPerson.with(
                grant, List.of(), java.util.Optional.of(application.dpop().thumbprint())));

    application
        .ask(TestPerson.redeeming(application, code))
        .then()
        .statusCode(200)
        .body("access_token", notNullValue());
  }

  private interface Check {
    void run() throws Exception;
  }

  private void test(String name, Check check) {
    tests.add(DynamicTest.dynamicTest(name, check::run));
  }

  private void refusesProof(String name, String... proofs) {
    test(
        "RFC 9449 4.3-" + name,
        () -> {
          Response answer = send(system.form(), proofs);
          assertEquals(400, answer.statusCode());
          assertEquals("invalid_dpop_proof", answer.path("error"));
        });
  }

  private void acceptsProof(String name, String proof) {
    test("RFC 9449 4.3-" + name, () -> assertEquals(200, send(system.form(), proof).statusCode()));
  }

  private static Response send(Map<String, String> form, String... proofs) {
    var request = given().formParams(form);
    for (String proof : proofs) {
      request.header("DPoP", proof);
    }
    return request.post("/token");
  }

  private String proof(UnaryOperator<JWTClaimsSet.Builder> alter) {
    return system.dpop().proof("POST", ENDPOINT, "", alter);
  }

  private JWTClaimsSet proofClaims() {
    return system.dpop().claims("POST", ENDPOINT, "", same());
  }

  private String swapped() {
    String[] mine = system.dpop().proof("POST", ENDPOINT).split("\\.");
    String[] other = new DpopClient().proof("POST", ENDPOINT).split("\\.");
    return other[0] + "." + mine[1] + "." + mine[2];
  }

  private String byTheSecretOf(JWK rsa) throws Exception {
    SignedJWT proof =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new com.nimbusds.jose.JOSEObjectType("dpop+jwt"))
                .jwk(rsa.toPublicJWK())
                .build(),
            proofClaims());
    proof.sign(new MACSigner(rsa.toRSAKey().toRSAPublicKey().getEncoded()));
    return proof.serialize();
  }

  private String privateKey() {
    String header =
        system
            .dpop()
            .header()
            .toString()
            .replace("\"kty\"", "\"d\":\"" + system.dpop().key().toECKey().getD() + "\",\"kty\"");
    String[] parts = system.dpop().proof("POST", ENDPOINT).split("\\.");
    return com.nimbusds.jose.util.Base64URL.encode(header) + "." + parts[1] + "." + parts[2];
  }

  private static UnaryOperator<JWTClaimsSet.Builder> same() {
    return UnaryOperator.identity();
  }

  private static Date at(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }
}
