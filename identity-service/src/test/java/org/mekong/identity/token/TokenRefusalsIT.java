package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** Every refusal of the token endpoint, one by one, with the error that the standard names. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class TokenRefusalsIT {
  private static final String OTHER = "https://evil.example";

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
}
