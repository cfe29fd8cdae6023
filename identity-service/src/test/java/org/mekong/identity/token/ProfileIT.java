package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.authorization.Codes;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.key.JwsKeys;
import org.mekong.resourceserver.testing.DpopClient;

/**
 * What FAPI 2.0 Security Profile demands of an authorisation server at its token endpoint, one test
 * a demand, named by its section.
 */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class ProfileIT {
  private static final URI ENDPOINT = TestSystem.TOKEN;

  @Inject TestPerson people;

  private final List<DynamicTest> tests = new ArrayList<>();
  private TestSystem system;

  @BeforeEach
  void register() {
    system = TestSystem.registered();
  }

  @TestFactory
  List<DynamicTest> fapi2Section5321() {
    refuses(
        "5.3.2.1-2 password grant",
        f -> with(f, "grant_type", "password"),
        "unsupported_grant_type");
    refuses(
        "5.3.2.1-3 public client",
        f -> without(without(f, "client_assertion"), "client_assertion_type"),
        "invalid_client");
    refuses(
        "5.3.2.1-3 public client by name",
        f ->
            with(
                without(without(f, "client_assertion"), "client_assertion_type"),
                "client_id",
                system.clientId()),
        "invalid_client");
    refuses(
        "5.3.2.1-6 client_secret_post",
        f ->
            with(
                without(
                    without(with(f, "client_id", system.clientId()), "client_assertion"),
                    "client_assertion_type"),
                "client_secret",
                "x"),
        "invalid_client");
    refuses(
        "5.3.2.1-6 client_secret beside the assertion",
        f -> with(f, "client_secret", "x"),
        "invalid_client");
    refuses(
        "5.3.2.1-6 another assertion type",
        f ->
            with(
                f,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
        "invalid_client");
    refusesAssertion("5.3.2.1-8 aud the token endpoint", c -> c.audience(ENDPOINT.toString()));
    refusesAssertion(
        "5.3.2.1-8 aud a list with the issuer and another",
        c -> c.audience(List.of(TestSystem.ISSUER, "https://x.example")));
    test(
        "5.3.2.1-8 aud a list with the issuer alone",
        () -> refused(system, withAudience("[\"" + TestSystem.ISSUER + "\"]")));
    refusesAssertion(
        "5.3.2.1-8 aud the issuer with a slash", c -> c.audience(TestSystem.ISSUER + "/"));
    refusesAssertion("5.3.2.1-13 iat 61 s ahead", c -> c.issueTime(at(61)).expirationTime(at(120)));
    refusesAssertion(
        "5.3.2.1-13 nbf 61 s ahead", c -> c.notBeforeTime(at(61)).expirationTime(at(120)));
    accepts("5.3.2.1-13 iat 8 s ahead", c -> c.issueTime(at(8)));
    accepts("5.3.2.1-13 nbf 8 s ahead", c -> c.notBeforeTime(at(8)));
    refusesAssertion("RFC 7523 3-4 exp passed", c -> c.expirationTime(at(-1)));
    refusesAssertion("RFC 7523 3-4 exp an hour ahead", c -> c.expirationTime(at(3600)));
    refusesAssertion("RFC 7523 3-1 iss another client", c -> c.issuer("mekong-administrator"));
    refusesAssertion("RFC 7523 3-2 sub another client", c -> c.subject("mekong-administrator"));
    return tests;
  }

  @Test
  void fapi2Section53211NoTokenThatIsNotSenderConstrained() throws Exception {
    given()
        .formParams(system.form())
        .post("/token")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_dpop_proof"))
        .body("access_token", nullValue());
    String token = system.ask(system.form()).path("access_token");
    assertEquals(
        Set.of("jkt"), SignedJWT.parse(token).getJWTClaimsSet().getJSONObjectClaim("cnf").keySet());
  }

  @Test
  void fapi2Section53211DiscoveryTellsTheProfileAndNothingOlder() throws Exception {
    OIDCProviderMetadata metadata =
        OIDCProviderMetadata.parse(given().get("/.well-known/openid-configuration").asString());

    assertTrue(metadata.requiresPushedAuthorizationRequests());
    assertTrue(metadata.supportsAuthorizationResponseIssuerParam());
    assertEquals(List.of("S256"), names(metadata.getCodeChallengeMethods()));
    assertEquals(List.of("code"), names(metadata.getResponseTypes()));
    assertEquals(
        Set.of("private_key_jwt", "tls_client_auth"),
        Set.copyOf(names(metadata.getTokenEndpointAuthMethods())));
    for (List<JWSAlgorithm> algorithms :
        List.of(metadata.getIDTokenJWSAlgs(), metadata.getDPoPJWSAlgs())) {
      assertEquals(Set.copyOf(JwsKeys.ALGORITHMS), Set.copyOf(algorithms));
    }
    assertEquals(
        List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256), metadata.getTokenEndpointJWSAlgs());
    assertFalse(metadata.getGrantTypes().toString().contains("implicit"));
    for (URI endpoint :
        List.of(
            metadata.getTokenEndpointURI(),
            metadata.getUserInfoEndpointURI(),
            metadata.getIntrospectionEndpointURI(),
            metadata.getRevocationEndpointURI(),
            metadata.getEndSessionEndpointURI(),
            metadata.getPushedAuthorizationRequestEndpointURI(),
            metadata.getAuthorizationEndpointURI(),
            metadata.getJWKSetURI())) {
      assertTrue(endpoint.toString().startsWith(TestSystem.ISSUER + "/"), endpoint.toString());
    }
  }

  @Test
  void fapi2Section532111CodesEndAfterAMinute() {
    assertTrue(Codes.LIFETIME.compareTo(Duration.ofSeconds(60)) <= 0);
  }

  @TestFactory
  List<DynamicTest> fapi2Section541Algorithms() throws Exception {
    JWK rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    JWK ed = DpopClient.newEd25519();
    for (JWK key : List.of(rsa, ed, DpopClient.newKey())) {
      String name = JwsKeys.algorithm(key).getName();
      test(
          "5.4.1 " + name + " assertion, ID token and proof",
          () -> {
            TestSystem application =
                TestSystem.application(
                    Map.of("idTokenSignedResponseAlg", name),
                    key.equals(ed) ? DpopClient.newKey() : key); // no assertion by EdDSA
            DpopClient dpop = new DpopClient(key, JwsKeys.algorithm(key), Clock.systemUTC());
            Response answer =
                given()
                    .formParams(TestPerson.redeeming(application, people.code(application)))
                    .header("DPoP", dpop.proof("POST", ENDPOINT))
                    .post("/token");
            SignedJWT id =
                SignedJWT.parse((String) answer.then().statusCode(200).extract().path("id_token"));
            assertEquals(name, id.getHeader().getAlgorithm().getName());
            JWK signed =
                JWKSet.parse(given().get("/jwks").asString())
                    .getKeyByKeyId(id.getHeader().getKeyID());
            assertTrue(id.verify(JwsKeys.verifier(signed)));
          });
    }
    TestSystem byRsa = TestSystem.application(Map.of(), rsa);
    test("5.4.1 RS256", () -> refused(byRsa, byRsa.sign(rsa, JWSAlgorithm.RS256, same())));
    test("5.4.1 none", () -> refused(system, new PlainJWT(claims(system)).serialize()));
    test(
        "alg confusion: HS256 with the public key for a secret",
        () -> {
          SignedJWT jwt =
              new SignedJWT(
                  new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(), claims(byRsa));
          jwt.sign(new MACSigner(rsa.toRSAKey().toRSAPublicKey().getEncoded()));
          refused(byRsa, jwt.serialize());
        });
    test(
        "jwk swap: the key in the assertion's own header",
        () -> {
          JWK own = DpopClient.newKey();
          SignedJWT jwt =
              new SignedJWT(
                  new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(own.toPublicJWK()).build(),
                  claims(system));
          jwt.sign(JwsKeys.signer(own));
          refused(system, jwt.serialize());
        });
    test(
        "key confusion: the DPoP key for the client's",
        () -> refused(system, system.sign(system.dpop().key(), JWSAlgorithm.ES256, same())));
    test(
        "swapped client: another client's key for this client's name",
        () -> {
          TestSystem other = TestSystem.registered();
          refused(
              system, other.assertion(c -> c.issuer(system.clientId()).subject(system.clientId())));
        });
    return tests;
  }

  private interface Check {
    void run() throws Exception;
  }

  private void test(String name, Check check) {
    tests.add(DynamicTest.dynamicTest(name, check::run));
  }

  private void refuses(String name, UnaryOperator<Map<String, String>> alter, String error) {
    test(
        "FAPI 2.0 " + name,
        () -> {
          Response answer = system.ask(alter.apply(system.form()));
          assertEquals(error, answer.path("error"));
          assertEquals(error.equals("invalid_client") ? 401 : 400, answer.statusCode());
        });
  }

  private void refusesAssertion(String name, UnaryOperator<JWTClaimsSet.Builder> alter) {
    test("FAPI 2.0 " + name, () -> refused(system, system.assertion(alter)));
  }

  private void accepts(String name, UnaryOperator<JWTClaimsSet.Builder> alter) {
    test(
        "FAPI 2.0 " + name,
        () ->
            system
                .ask(with(system.form(), "client_assertion", system.assertion(alter)))
                .then()
                .statusCode(200));
  }

  private static void refused(TestSystem system, String assertion) {
    Response answer = system.ask(with(system.form(), "client_assertion", assertion));
    assertEquals(401, answer.statusCode());
    assertEquals("invalid_client", answer.path("error"));
  }

  /** An assertion whose audience the library would not write like that. */
  private String withAudience(String json) throws Exception {
    String good = system.assertion();
    SignedJWT jwt = SignedJWT.parse(good);
    String payload =
        jwt.getPayload()
            .toString()
            .replaceFirst(
                "\"aud\":\"[^\"]+\"", java.util.regex.Matcher.quoteReplacement("\"aud\":" + json));
    JWSObject signed = new JWSObject(jwt.getHeader(), new Payload(payload));
    signed.sign(JwsKeys.signer(system.key()));
    return signed.serialize();
  }

  private static JWTClaimsSet claims(TestSystem system) throws Exception {
    return SignedJWT.parse(system.assertion()).getJWTClaimsSet();
  }

  private static UnaryOperator<JWTClaimsSet.Builder> same() {
    return UnaryOperator.identity();
  }

  private static Date at(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static Map<String, String> with(Map<String, String> form, String name, String value) {
    form.put(name, value);
    return form;
  }

  private static Map<String, String> without(Map<String, String> form, String name) {
    form.remove(name);
    return form;
  }

  private static List<String> names(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }
}
