package org.mekong.identity.authorization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** What the authorization endpoint refuses: by a page, or to the address of a client. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class AuthorizationRefusalsIT {

  @TestFactory
  List<DynamicTest> refusesByAPageAndNeverRedirects() {
    TestApplication application = TestApplication.registered();
    TestApplication other = TestApplication.registered();
    String good = application.opened();
    String id = application.system().clientId();
    String uri = good.substring(good.indexOf("request_uri="));
    List<DynamicTest> tests = new ArrayList<>();
    String[][] table = {
      {"nothing", "/authorize"},
      {"FAPI 5.3.2.2 not pushed", "/authorize?client_id=" + id},
      {
        "FAPI 5.3.2.2 all but pushed",
        "/authorize?client_id="
            + id
            + "&response_type=code&scope=openid&code_challenge_method=S256&code_challenge="
            + TestApplication.CHALLENGE
            + "&redirect_uri=https%3A%2F%2Fportal.example%2Fcallback"
      },
      {"RFC 9126 4 no client_id", "/authorize?" + uri},
      {"RFC 9700 mixed up", "/authorize?client_id=" + other.system().clientId() + "&" + uri},
      {"unknown client", "/authorize?client_id=nobody&" + uri},
      {"client_id empty", "/authorize?client_id=&" + uri},
      {"request_uri empty", "/authorize?client_id=" + id + "&request_uri="},
      {"request_uri unknown", "/authorize?client_id=" + id + "&request_uri=urn:x"},
      {
        "OIDC 6.2 request_uri of the web",
        "/authorize?client_id=" + id + "&request_uri=https%3A%2F%2Fevil.example%2F"
      },
      {"request_uri with more", good + "x"},
      {"request_uri cut", good.substring(0, good.length() - 1)},
      {"client_id doubled", good + "&client_id=" + id},
      {"request_uri doubled", good + "&" + uri},
      {"huge", "/authorize?client_id=" + "x".repeat(1000) + "&" + uri},
      {"continue without anything", "/authorize/continue"},
      {"continue with something", "/authorize/continue?interaction=x"},
      {"sign-in without anything", "/sign-in"},
      {"sign-in of nobody", "/sign-in?interaction=" + "x".repeat(43)},
      {"consent without anything", "/consent"},
      {"consent of nobody", "/consent?interaction=%3Cscript%3E"},
    };
    for (String[] row : table) {
      tests.add(
          DynamicTest.dynamicTest(
              row[0],
              () ->
                  given()
                      .urlEncodingEnabled(false)
                      .redirects()
                      .follow(false)
                      .get(row[1])
                      .then()
                      .statusCode(400)
                      .header("Location", nullValue())
                      .contentType(containsString("text/html"))
                      .header("Content-Security-Policy", containsString("default-src 'none'"))
                      .body(containsString("<h1"))
                      .body(not(containsString("<script")))));
    }
    return tests;
  }

  /** RFC 9700 section 4.7: what is under way in one browser is of no use in another. */
  @Test
  void anotherBrowserCannotGoOnWithWhatIsUnderWay() {
    TestApplication application = TestApplication.registered();
    TestBrowser attacker = new TestBrowser();
    String id = TestBrowser.interaction(attacker.follow(application.opened()));
    TestBrowser victim = new TestBrowser();
    victim.allowed(application.opened(), TestAccount.citizen(Assurance.LOW));

    for (String path : List.of("/authorize/continue", "/sign-in", "/consent")) {
      victim
          .get(path + "?interaction=" + id)
          .then()
          .statusCode(400)
          .header("Location", nullValue());
    }
    victim.post("/consent", Map.of("interaction", id, "decision", "allow")).then().statusCode(400);
  }

  @TestFactory
  List<DynamicTest> answersErrorsToTheClient() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser signedIn = new TestBrowser();
    signedIn.allowed(TestApplication.registered().opened(), person);
    return List.of(
        error("none and nobody", "login_required", b -> b.get(path(application, "prompt", "none"))),
        error(
            "none and no consent",
            "consent_required",
            b -> signedIn.get(path(application, "prompt", "none"))),
        error(
            "denied",
            "access_denied",
            b -> signedIn.decide(signedIn.follow(application.opened()), "deny")),
        error(
            "turned back",
            "access_denied",
            b ->
                b.follow(
                    b.post(
                            "/sign-in",
                            Map.of(
                                "interaction",
                                TestBrowser.interaction(b.follow(application.opened())),
                                "decision",
                                "cancel"))
                        .header("Location"))),
        error(
            "a level that is not reached",
            "unmet_authentication_requirements",
            b ->
                b.signIn(
                    b.follow(
                        path(
                            application,
                            "claims",
                            "{\"id_token\":{\"acr\":{\"essential\":true,"
                                + "\"value\":\"urn:mekong:loa:high\"}}}")),
                    person)),
        error(
            "a hint that names nobody",
            "login_required",
            b ->
                signedIn.get(
                    path(
                        application,
                        "prompt",
                        "none",
                        "claims",
                        "{\"id_token\":{\"sub\":{\"value\":\"x\"}}}"))),
        error(
            "an office that a citizen does not hold",
            "access_denied",
            b -> signedIn.get(path(application, "scope", "person.read"))),
        error(
            "others' facts, by a citizen",
            "access_denied",
            b ->
                signedIn.get(
                    path(
                        application,
                        "scope",
                        "openid lookup",
                        "authorization_details",
                        TestApplication.details()))));
  }

  @Test
  void anErrorUsesTheRequestUpToo() {
    TestApplication application = TestApplication.registered();
    String path = application.opened("prompt", "none");
    new TestBrowser().get(path).then().statusCode(303);

    new TestBrowser().get(path).then().statusCode(400);
  }

  @Test
  void aClosedAccountHasNoSessionAnyMore() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    browser.allowed(application.opened(), person);
    person.close();

    browser
        .follow(application.opened())
        .then()
        .statusCode(200)
        .body(containsString("name=\"password\""));
  }

  private static String path(TestApplication application, String... parameters) {
    return application.opened(parameters);
  }

  private static DynamicTest error(
      String what, String error, Function<TestBrowser, Response> deed) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Map<String, String> answer = TestBrowser.answer(deed.apply(new TestBrowser()));
          assertEquals(error, answer.get("error"));
          assertEquals(TestSystem.ISSUER, answer.get("iss"));
          assertEquals("af0ifj &=?#\u00e9", answer.get("state"));
          assertFalse(answer.containsKey("code"));
        });
  }
}
