package org.mekong.identity.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** Who gets in and what does not, whatever the endpoint behind. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class AccessIT {
  private static final String PATH = "/admin/v1/agencies";
  private static final String UUID_URN = "urn:uuid:[0-9a-f-]{36}";

  @TestHTTPResource URL base;

  @TestFactory
  Stream<DynamicTest> refusesTheCaller() {
    TestSystem admin = TestSystem.administrator();
    DpopClient dpop = admin.dpop();
    URI uri = URI.create(TestSystem.ISSUER + PATH);
    String token = admin.token("identity.admin", TestSystem.ISSUER);
    String lesser = admin.token("person.read", TestSystem.ISSUER);
    String elsewhere = admin.token("identity.admin", TestSystem.GATEWAY);
    Function<String, String> proof = t -> dpop.proof("GET", uri, t);
    return Stream.of(
        refused("no token", 401, "DPoP algs", null, null),
        refused("Basic", 401, "DPoP algs", "Basic YTpi", null),
        refused("Bearer", 401, "invalid_token", "Bearer " + token, proof.apply(token)),
        refused("not a JWT", 401, "invalid_token", "DPoP abc", proof.apply("abc")),
        refused("no proof", 401, "invalid_dpop_proof", "DPoP " + token, null),
        refused(
            "a proof for POST",
            401,
            "invalid_dpop_proof",
            "DPoP " + token,
            dpop.proof("POST", uri, token)),
        refused(
            "a proof for another path",
            401,
            "invalid_dpop_proof",
            "DPoP " + token,
            dpop.proof("GET", URI.create(TestSystem.ISSUER + "/admin"), token)),
        refused(
            "a proof for another token",
            401,
            "invalid_dpop_proof",
            "DPoP " + token,
            proof.apply(lesser)),
        refused(
            "a stranger's proof",
            401,
            "invalid_token",
            "DPoP " + token,
            new DpopClient().proof("GET", uri, token)),
        refused(
            "a token for another resource",
            401,
            "invalid_token",
            "DPoP " + elsewhere,
            proof.apply(elsewhere)),
        refused(
            "a token without the scope",
            403,
            "insufficient_scope",
            "DPoP " + lesser,
            proof.apply(lesser)),
        refused(
            "a token changed by a letter",
            401,
            "invalid_token",
            "DPoP " + changed(token),
            proof.apply(changed(token))));
  }

  @Test
  void refusesAReplayedProof() {
    TestSystem admin = TestSystem.administrator();
    String token = admin.token("identity.admin", TestSystem.ISSUER);
    String proof = admin.dpop().proof("GET", URI.create(TestSystem.ISSUER + PATH), token);
    ask("DPoP " + token, proof).then().statusCode(200);

    ask("DPoP " + token, proof)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("invalid_dpop_proof"));
  }

  @Test
  void refusesATokenInTheQuery() {
    given()
        .get(PATH + "?access_token=abc")
        .then()
        .statusCode(400)
        .body("detail", containsString("not in the query"));
  }

  @TestFactory
  Stream<DynamicTest> refusesPathsWithTwoReadings() {
    return Stream.of(
            "/admin/v1/agencies;x=1",
            "/admin%2Fv1/agencies",
            "/admin/v1/%2e%2e/v1/agencies",
            "/admin/./v1/agencies",
            "/admin/../admin/v1/agencies",
            "//admin/v1/agencies",
            "/admin/v1/agencies%3Bx",
            "/admin%5Cv1",
            "/admin/v1/agencies%00",
            "/%c0%ae/",
            "/a%25b")
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      String answer =
                          raw(
                              "GET "
                                  + path
                                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
                      assertTrue(answer.contains("application/problem+json"), answer);
                    }));
  }

  @Test
  void whatNothingAnswersIsAProblem() {
    for (String path :
        List.of("/nothing", "/admin", "/admin/v1/nothing", "/log/1999/checkpoint", "/.env")) {
      given()
          .get(path)
          .then()
          .statusCode(404)
          .contentType(containsString("problem+json"))
          .body("type", equalTo("urn:mekong:problem:not-found"))
          .body("instance", matchesPattern(UUID_URN))
          .body("action", not(equalTo("")));
    }
    given()
        .delete("/jwks")
        .then()
        .statusCode(405)
        .contentType(containsString("problem+json"))
        .body("type", equalTo("urn:mekong:problem:method-not-allowed"));
  }

  @Test
  void requestIdComesBackWhenItIsOne() {
    String id = "0199c0de-0000-7000-8000-000000000001";
    given()
        .header("X-Request-Id", id)
        .get("/nothing")
        .then()
        .header("X-Request-Id", equalTo(id))
        .body("instance", equalTo("urn:uuid:" + id));
    given()
        .header("X-Request-Id", "<script>")
        .get("/jwks")
        .then()
        .header("X-Request-Id", matchesPattern("[0-9a-f]{8}-[0-9a-f]{4}-7.*"));
  }

  @Test
  void tooMuchIs413HoweverItIsSent() throws Exception {
    String announced =
        raw("POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n");
    assertTrue(announced.startsWith("HTTP/1.1 413"), announced);
    assertTrue(announced.contains("application/problem+json"), announced);
    String chunk = "1000\r\n" + "a".repeat(4096) + "\r\n";
    String chunked =
        raw(
            "POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                + chunk.repeat(20)
                + "0\r\n\r\n");
    assertTrue(chunked.startsWith("HTTP/1.1 413"), chunked);
  }

  @Test
  void operatorsEndpointsAnswer() {
    for (String path : List.of("/q/health/live", "/q/health/ready", "/q/health/started")) {
      given().get(path).then().statusCode(200).body("status", equalTo("UP"));
    }
    given().get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory"));
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("paths.'/admin/v1/agencies'.post.summary", startsWith("Register"))
        .body("paths.'/admin/v1/agencies'.post.security[0]", hasKey("dpop"))
        .body("components.securitySchemes.dpop.scheme", equalTo("dpop"))
        .body(
            "components.schemas.RegisterAgency.examples[0].agencyClass", equalTo("civil-registry"))
        .body(
            "paths.'/token'.post.requestBody.content", hasKey("application/x-www-form-urlencoded"));
    given().get("/q/swagger-ui/").then().statusCode(200);
  }

  private static DynamicTest refused(
      String what, int status, String challenge, String authorization, String proof) {
    return DynamicTest.dynamicTest(
        what,
        () ->
            ask(authorization, proof)
                .then()
                .statusCode(status)
                .contentType(containsString("problem+json"))
                .header("WWW-Authenticate", containsString(challenge))
                .body("instance", matchesPattern(UUID_URN))
                .body("status", equalTo(status)));
  }

  private static Response ask(String authorization, String proof) {
    var request = given();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (proof != null) {
      request.header("DPoP", proof);
    }
    return request.get(PATH);
  }

  private static String changed(String token) {
    int at = token.lastIndexOf('.') + 5;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      int read = in.read(buffer);
      assertTrue(read > 0, "an answer");
      return new String(buffer, 0, read, StandardCharsets.UTF_8);
    }
  }

  @Test
  void problemsOfRulesHaveOneTypeEach() {
    assertEquals("urn:mekong:problem:conflict", Problem.CONFLICT.type().toString());
  }
}
