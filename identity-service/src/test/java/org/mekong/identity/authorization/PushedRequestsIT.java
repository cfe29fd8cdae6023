package org.mekong.identity.authorization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
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
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** What the pushed authorization request endpoint takes and refuses, by section of the standard. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class PushedRequestsIT {
  private static final String OTHER = "https://evil.example/cb";

  @TestFactory
  List<DynamicTest> refusesTheRequest() {
    TestApplication application = TestApplication.registered();
    List<DynamicTest> tests = new ArrayList<>();
    Object[][] table = {
      // what, parameter, value, error
      {"RFC 6749 3.1.1 response_type missing", "response_type", null, "invalid_request"},
      {"RFC 6749 3.1.1 response_type empty", "response_type", "", "invalid_request"},
      {"FAPI 5.3.2.2 token", "response_type", "token", "unsupported_response_type"},
      {"FAPI 5.3.2.2 hybrid", "response_type", "code id_token", "unsupported_response_type"},
      {"RFC 6749 response_type unknown", "response_type", "x", "unsupported_response_type"},
      {"FAPI 5.3.2.2 redirect_uri missing", "redirect_uri", null, "invalid_request"},
      {"FAPI 5.3.2.2 redirect_uri empty", "redirect_uri", "", "invalid_request"},
      {"RFC 9700 2.1 other host", "redirect_uri", OTHER, "invalid_request"},
      {"RFC 9700 2.1 prefix", "redirect_uri", TestApplication.REDIRECT + "/x", "invalid_request"},
      {"RFC 9700 2.1 query", "redirect_uri", TestApplication.REDIRECT + "?a=b", "invalid_request"},
      {"RFC 9700 2.1 fragment", "redirect_uri", TestApplication.REDIRECT + "#x", "invalid_request"},
      {"RFC 9700 2.1 case", "redirect_uri", "https://PORTAL.example/callback", "invalid_request"},
      {"RFC 9700 2.1 http", "redirect_uri", "http://portal.example/callback", "invalid_request"},
      {
        "RFC 9700 2.1 port",
        "redirect_uri",
        "https://portal.example:443/callback",
        "invalid_request"
      },
      {
        "RFC 9700 2.1 dots",
        "redirect_uri",
        "https://portal.example/x/../callback",
        "invalid_request"
      },
      {
        "RFC 9700 2.1 user",
        "redirect_uri",
        "https://portal.example@evil.example/",
        "invalid_request"
      },
      {"no URI", "redirect_uri", "a b", "invalid_request"},
      {"script", "redirect_uri", "javascript:alert(1)", "invalid_request"},
      {"FAPI 5.3.2.2 no PKCE", "code_challenge", null, "invalid_request"},
      {"RFC 7636 challenge empty", "code_challenge", "", "invalid_request"},
      {"RFC 7636 challenge short", "code_challenge", "abc", "invalid_request"},
      {"RFC 7636 challenge long", "code_challenge", "a".repeat(44), "invalid_request"},
      {"RFC 7636 challenge not base64url", "code_challenge", "+".repeat(43), "invalid_request"},
      {"RFC 9700 4.8.2 plain", "code_challenge_method", "plain", "invalid_request"},
      {"RFC 9700 4.8.2 method missing", "code_challenge_method", null, "invalid_request"},
      {"RFC 7636 method unknown", "code_challenge_method", "s256", "invalid_request"},
      {"RFC 9126 2.1 request_uri", "request_uri", "urn:x:y", "invalid_request"},
      {"OIDC 3.1.2.6 request", "request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported"},
      {"client_id of another", "client_id", "mekong-administrator", "invalid_client"},
      {"RFC 6749 scope missing", "scope", null, "invalid_scope"},
      {"RFC 6749 scope empty", "scope", "", "invalid_scope"},
      {"RFC 6749 scope unknown", "scope", "openid everything", "invalid_scope"},
      {"scope not registered", "scope", "openid identity.admin", "invalid_scope"},
      {"RFC 8707 resource not registered", "resource", OTHER, "invalid_target"},
      {"RFC 8707 resource relative", "resource", "/x", "invalid_target"},
      {"RFC 9396 details no JSON", "authorization_details", "x", "invalid_authorization_details"},
      {"RFC 9396 details {}", "authorization_details", "{}", "invalid_authorization_details"},
      {"RFC 9396 details [1]", "authorization_details", "[1]", "invalid_authorization_details"},
      {
        "RFC 9396 details no type", "authorization_details", "[{}]", "invalid_authorization_details"
      },
      {
        "RFC 9396 5 unknown type",
        "authorization_details",
        "[{\"type\":\"payment\"}]",
        "invalid_authorization_details"
      },
      {
        "RFC 9396 5 not registered",
        "authorization_details",
        "[{\"type\":\"population_lookup\",\"purpose\":\"tax\"}]",
        "invalid_authorization_details"
      },
      {"response_mode fragment", "response_mode", "fragment", "invalid_request"},
      {"response_mode form_post", "response_mode", "form_post", "invalid_request"},
      {"response_mode jwt", "response_mode", "jwt", "invalid_request"},
      {"OIDC prompt none and login", "prompt", "none login", "invalid_request"},
      {"OIDC prompt unknown", "prompt", "x", "invalid_request"},
      {"OIDC prompt create", "prompt", "create", "registration_not_supported"},
      {"OIDC max_age no number", "max_age", "x", "invalid_request"},
      {"OIDC max_age negative", "max_age", "-1", "invalid_request"},
      {"OIDC max_age huge", "max_age", "9".repeat(30), "invalid_request"},
      {"OIDC claims no JSON", "claims", "x", "invalid_request"},
      {"OIDC claims a list", "claims", "[]", "invalid_request"},
      {"OIDC claims deep", "claims", "{\"a\":".repeat(2000), "invalid_request"},
      {"OIDC id_token_hint no JWT", "id_token_hint", "x", "invalid_request"},
      {"OIDC display unknown", "display", "x", "invalid_request"},
      {"FAPI 5.3.2.2 nonce of 65", "nonce", "n".repeat(65), "invalid_request"},
      {"state huge", "state", "s".repeat(1025), "invalid_request"},
      {"RFC 9449 10 dpop_jkt short", "dpop_jkt", "x", "invalid_request"},
      {"a huge parameter", "x", "x".repeat(20_000), "invalid_request"},
    };
    for (Object[] row : table) {
      tests.add(
          refused(
              application,
              (String) row[0],
              form -> {
                form.remove(row[1]);
                if (row[2] != null) {
                  form.put((String) row[1], row[2]);
                }
              },
              (String) row[3]));
    }
    for (String doubled :
        List.of("response_type", "redirect_uri", "scope", "code_challenge", "state", "client_id")) {
      tests.add(
          refused(
              application,
              "RFC 6749 3.1 " + doubled + " doubled",
              form -> form.put(doubled, List.of(form.get(doubled), form.get(doubled))),
              "invalid_request"));
    }
    tests.add(
        refused(
            application,
            "two resources",
            form -> form.put("resource", List.of(TestSystem.GATEWAY, TestSystem.ISSUER)),
            "invalid_target"));
    return tests;
  }

  @TestFactory
  List<DynamicTest> takesTheRequest() {
    TestApplication application = TestApplication.registered();
    List<DynamicTest> tests = new ArrayList<>();
    String[][] table = {
      {"as it is"},
      {"FAPI 5.3.2.2 nonce of 64", "nonce", "n".repeat(64)},
      {"without nonce and state", "nonce", "", "state", ""},
      {"without openid", "scope", "lookup"},
      {"unknown parameters", "foo", "bar", "registration", "x"},
      {"RFC 8252 loopback", "redirect_uri", "http://127.0.0.1:8080/cb"},
      {"query of its own", "redirect_uri", "https://portal.example/other?x=1"},
      {"response_mode query", "response_mode", "query"},
      {"prompt", "prompt", "login consent"},
      {"max_age", "max_age", "0"},
      {"OIDC ui_locales unknown", "ui_locales", "fr-CA de"},
      {"OIDC acr_values unknown", "acr_values", "a b"},
      {"login_hint", "login_hint", "<script>"},
      {"claims", "claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"x\"]}}}"},
      {"details", "authorization_details", TestApplication.details(), "scope", "openid lookup"},
      {"resource", "resource", TestSystem.GATEWAY},
      {"state with everything", "state", "\u00e9 &=?#%\"'<>\uD83D\uDE00"},
    };
    for (String[] row : table) {
      tests.add(
          DynamicTest.dynamicTest(
              row[0],
              () -> {
                Map<String, Object> form = application.form();
                for (int i = 1; i < row.length; i += 2) {
                  form.put(row[i], row[i + 1]);
                }
                TestApplication.push(form)
                    .then()
                    .statusCode(201)
                    .contentType(containsString("application/json"))
                    .header("Cache-Control", containsString("no-store"))
                    .body(
                        "request_uri",
                        matchesPattern("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}"))
                    .body("expires_in", lessThan(600));
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> refusesTheClient() {
    TestApplication application = TestApplication.registered();
    TestApplication other = TestApplication.registered();
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        client(application, "RFC 9126 2 no authentication", f -> f.remove("client_assertion")));
    tests.add(
        client(
            application,
            "FAPI 5.3.2.1 a secret",
            f -> {
              f.remove("client_assertion");
              f.remove("client_assertion_type");
              f.put("client_secret", "x");
            }));
    tests.add(
        client(
            application,
            "another's assertion",
            f -> f.put("client_assertion", other.system().assertion())));
    tests.add(
        client(
            application,
            "FAPI 5.3.2.1 aud the endpoint",
            f ->
                f.put(
                    "client_assertion",
                    application
                        .system()
                        .assertion(c -> c.audience(TestApplication.PAR.toString())))));
    return tests;
  }

  @Test
  void refusesAReplayedAssertion() {
    Map<String, Object> form = TestApplication.registered().form();
    TestApplication.push(form).then().statusCode(201);

    TestApplication.push(form).then().statusCode(401).body("error", equalTo("invalid_client"));
  }

  @Test
  void refusesAClientThatOnlyAsksInItsOwnName() {
    TestSystem system = TestSystem.registered();
    Map<String, Object> form = new TestApplication(system).form();

    refused(TestApplication.push(form), 400, "unauthorized_client");
  }

  /** RFC 9449 section 10.1. */
  @Test
  void bindsTheCodeToAProofOrToANamedKeyAndNotToTwo() {
    TestApplication application = TestApplication.registered();
    DpopClient dpop = application.system().dpop();
    Map<String, Object> both = application.form();
    both.put("dpop_jkt", dpop.thumbprint());
    pushed(both, dpop.proof("POST", TestApplication.PAR)).then().statusCode(201);

    Map<String, Object> two = application.form();
    two.put("dpop_jkt", new DpopClient().thumbprint());
    refused(pushed(two, dpop.proof("POST", TestApplication.PAR)), 400, "invalid_request");

    String ofToken = dpop.proof("POST", TestSystem.TOKEN);
    refused(pushed(application.form(), ofToken), 400, "invalid_dpop_proof");
    refused(pushed(application.form(), "x"), 400, "invalid_dpop_proof");
    String once = dpop.proof("POST", TestApplication.PAR);
    pushed(application.form(), once).then().statusCode(201);
    refused(pushed(application.form(), once), 400, "invalid_dpop_proof");
  }

  @TestFactory
  List<DynamicTest> refusesTheForm() {
    String good = "response_type=code&client_assertion=x";
    return List.of(
        form("no body", "application/x-www-form-urlencoded", ""),
        form("JSON", "application/json", "{}"),
        form("text", "text/plain", good),
        form("broken escape", "application/x-www-form-urlencoded", good + "&state=%zz"),
        form("not UTF-8", "application/x-www-form-urlencoded", good + "&state=%FF"),
        form("NUL", "application/x-www-form-urlencoded", good + "&state=%00"));
  }

  @Test
  void otherMethodsAre405AndTooLargeIs413() {
    given().get("/par").then().statusCode(405);
    given()
        .contentType("application/x-www-form-urlencoded")
        .body("a=" + "x".repeat(70_000))
        .post("/par")
        .then()
        .statusCode(413);
  }

  private static Response pushed(Map<String, Object> form, String proof) {
    return given()
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParams(form)
        .header("DPoP", proof)
        .post("/par");
  }

  private static DynamicTest form(String what, String mediaType, String body) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Response response =
              given()
                  .config(
                      io.restassured.RestAssured.config()
                          .encoderConfig(
                              io.restassured.config.EncoderConfig.encoderConfig()
                                  .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                  .contentType(mediaType)
                  .body(body)
                  .post("/par");
          response
              .then()
              .statusCode(lessThan(402))
              .body("error", matchesPattern("invalid_request|invalid_client"));
        });
  }

  private static DynamicTest client(
      TestApplication application, String what, Consumer<Map<String, Object>> alter) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Map<String, Object> form = application.form();
          alter.accept(form);
          refused(TestApplication.push(form), 401, "invalid_client");
        });
  }

  private static DynamicTest refused(
      TestApplication application, String what, Consumer<Map<String, Object>> alter, String error) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Map<String, Object> form = application.form();
          alter.accept(form);
          refused(TestApplication.push(form), error.equals("invalid_client") ? 401 : 400, error);
        });
  }

  private static void refused(Response response, int status, String error) {
    response
        .then()
        .statusCode(status)
        .contentType(containsString("application/json"))
        .header("Cache-Control", containsString("no-store"))
        .body("error", equalTo(error))
        .body("error_description", notNullValue());
  }
}
