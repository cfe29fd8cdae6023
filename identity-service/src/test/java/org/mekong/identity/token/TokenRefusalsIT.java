package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** Every refusal of the token endpoint, one by one, with the error that the standard names. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class TokenRefusalsIT {
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
  List<DynamicTest> refusesTheRequest() {
    TestSystem system = TestSystem.registered();
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        request(system, "grant_type missing", f -> f.remove("grant_type"), 400, "invalid_request"));
    tests.add(
        request(system, "grant_type empty", f -> f.put("grant_type", ""), 400, "invalid_request"));
    tests.add(
        request(
            system,
            "grant_type password",
            f -> f.put("grant_type", "password"),
            400,
            "unsupported_grant_type"));
    tests.add(
        request(
            system,
            "grant_type unknown",
            f -> f.put("grant_type", "x y"),
            400,
            "unsupported_grant_type"));
    tests.add(
        request(system, "no assertion", f -> f.remove("client_assertion"), 401, "invalid_client"));
    tests.add(
        request(
            system, "empty assertion", f -> f.put("client_assertion", ""), 401, "invalid_client"));
    tests.add(
        request(
            system,
            "no assertion type",
            f -> f.remove("client_assertion_type"),
            401,
            "invalid_client"));
    tests.add(
        request(
            system,
            "SAML assertion type",
            f ->
                f.put(
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
            401,
            "invalid_client"));
    tests.add(
        request(
            system,
            "client_id of another",
            f -> f.put("client_id", "mekong-administrator"),
            401,
            "invalid_client"));
    tests.add(
        request(
            system,
            "a secret instead",
            f -> {
              f.remove("client_assertion");
              f.remove("client_assertion_type");
              f.put("client_id", "x");
              f.put("client_secret", "y");
            },
            401,
            "invalid_client"));
    tests.add(
        request(
            system,
            "scope not registered",
            f -> f.put("scope", "identity.admin"),
            400,
            "invalid_scope"));
    tests.add(
        request(
            system,
            "scope unknown",
            f -> f.put("scope", "lookup everything"),
            400,
            "invalid_scope"));
    tests.add(
        request(
            system,
            "resource not registered",
            f -> f.put("resource", OTHER),
            400,
            "invalid_target"));
    tests.add(
        request(
            system,
            "resource relative",
            f -> f.put("resource", "/gateway"),
            400,
            "invalid_target"));
    tests.add(
        request(system, "resource no URI", f -> f.put("resource", "a b"), 400, "invalid_target"));
    for (String details :
        List.of(
            "x",
            "{}",
            "[1]",
            "[{}]",
            "[{\"type\":7}]",
            "[{\"type\":\"other\"}]",
            "[[]]",
            "null",
            detail("\"purpose\":7"),
            detail("\"purpose\":\"tax\""),
            detail("\"purpose\":[\"marriage\"]"),
            detail("\"purpose\":\"marriage\",\"fields\":\"alive\""),
            detail("\"purpose\":\"marriage\",\"fields\":[]"),
            detail("\"purpose\":\"marriage\",\"fields\":[1]"),
            detail("\"purpose\":\"marriage\",\"fields\":[\"names\"]"),
            detail("\"purpose\":\"marriage\",\"countries\":[\"TH\"]"),
            detail("\"purpose\":\"marriage\",\"kinds\":[\"read\"]"),
            detail("\"purpose\":\"marriage\",\"legal_basis\":\"another law\""),
            detail("\"purpose\":\"marriage\",\"legal_basis\":{}"),
            detail("\"purpose\":\"marriage\",\"locations\":[\"https://x\"]"),
            detail("\"purpose\":\"marriage\",\"extra\":1"),
            "["
                + ("{\"type\":\"population_lookup\",\"purpose\":\"marriage\"},")
                    .repeat(9)
                    .replaceAll(",$", "")
                + "]",
            "[".repeat(3000) + "]".repeat(3000))) {
      String shown = details.length() > 70 ? details.substring(0, 70) + "…" : details;
      tests.add(
          request(
              system,
              "details " + shown,
              f -> f.put("authorization_details", details),
              400,
              "invalid_authorization_details"));
    }
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

  @TestFactory
  List<DynamicTest> refusesTheForm() {
    TestSystem system = TestSystem.registered();
    String good = "grant_type=client_credentials&client_assertion=" + system.assertion();
    return List.of(
        form("no body", "application/x-www-form-urlencoded", ""),
        form("JSON", "application/json", "{\"grant_type\":\"client_credentials\"}"),
        form("multipart", "multipart/form-data; boundary=x", "--x--"),
        form("text", "text/plain", good),
        form("grant_type doubled", null, good + "&grant_type=client_credentials"),
        form("scope doubled", null, good + "&scope=lookup&scope=lookup"),
        form("assertion doubled", null, good + "&client_assertion=x"),
        form("broken escape", null, good + "&scope=%zz"),
        form("half an escape", null, good + "&scope=%2"),
        form("not UTF-8", null, good + "&scope=%FF%FE"),
        form("overlong UTF-8", null, good + "&scope=%C0%AF"),
        form("NUL", null, good + "&scope=a%00b"),
        form("a huge parameter", null, good + "&scope=" + "x".repeat(20_000)));
  }

  @Test
  void refusesAuthorizationHeaders() {
    given()
        .auth()
        .preemptive()
        .basic("a", "b")
        .formParam("grant_type", "client_credentials")
        .post("/token")
        .then()
        .statusCode(401)
        .body("error", equalTo("invalid_client"))
        .header("WWW-Authenticate", notNullValue());
    given()
        .header("Authorization", "x")
        .formParam("grant_type", "client_credentials")
        .post("/token")
        .then()
        .statusCode(401)
        .body("error", equalTo("invalid_client"));
    given()
        .header("Authorization", "Basic %%%")
        .formParams(TestSystem.registered().form())
        .post("/token")
        .then()
        .statusCode(not(200))
        .body("error", notNullValue());
  }

  @Test
  void tooLargeIs413AndOtherMethodsAre405() {
    given()
        .contentType("application/x-www-form-urlencoded")
        .body("a=" + "x".repeat(70_000))
        .post("/token")
        .then()
        .statusCode(413)
        .contentType(containsString("problem+json"));
    given().get("/token").then().statusCode(405).contentType(containsString("problem+json"));
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

  private static DynamicTest request(
      TestSystem system,
      String what,
      Consumer<Map<String, String>> alter,
      int status,
      String error) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Map<String, String> form = system.form();
          alter.accept(form);
          refused(system.ask(form), status, error);
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

  private static DynamicTest form(String what, String mediaType, String body) {
    return DynamicTest.dynamicTest(
        what,
        () ->
            refused(
                given()
                    .config(
                        io.restassured.RestAssured.config()
                            .encoderConfig(
                                io.restassured.config.EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                    .encodeContentTypeAs(
                                        "multipart/form-data",
                                        io.restassured.http.ContentType.TEXT)))
                    .contentType(
                        mediaType == null ? "application/x-www-form-urlencoded" : mediaType)
                    .body(body)
                    .post("/token"),
                400,
                "invalid_request"));
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

  private static String detail(String members) {
    return "[{\"type\":\"population_lookup\"," + members + "}]";
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
