package org.mekong.identity.authorization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Role;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/**
 * The authorization endpoint, from a pushed request to a code, and every way that leads nowhere.
 */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class AuthorizationIT {
  @Inject Codes codes;
  @Inject Journal journal;

  @Test
  void leadsThroughSignInAndConsentToACodeThatSaysWhatWasGranted() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.HIGH);
    TestBrowser browser = new TestBrowser();

    Map<String, String> answer = browser.allowed(application.opened(), person);

    assertEquals(Set.of("code", "iss", "state"), answer.keySet());
    assertEquals(TestSystem.ISSUER, answer.get("iss")); // RFC 9207
    assertEquals("af0ifj &=?#\u00e9", answer.get("state"));
    AuthorizationGrant grant = redeemed(answer, application);
    assertEquals(person.account().id(), grant.accountId());
    assertEquals(Set.of("openid"), grant.scopes());
    assertEquals(Optional.of("n-0S6_WzA2Mj"), grant.nonce());
    assertEquals(TestApplication.CHALLENGE, grant.codeChallenge());
    assertEquals(TestApplication.REDIRECT, grant.redirectUri());
    assertEquals("urn:mekong:loa:substantial", grant.acr()); // not higher than its methods
    assertEquals(List.of("pwd", "otp", "mfa"), grant.amr());
  }

  @Test
  void aSecondApplicationNeedsNoSecondSignInAndTheSameNoSecondConsent() {
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    TestApplication application = TestApplication.registered();
    browser.allowed(application.opened(), person);

    Response second = browser.follow(TestApplication.registered().opened());
    assertTrue(second.asString().contains("value=\"allow\""));
    Response again = browser.get(application.opened());
    assertTrue(TestBrowser.answer(again).containsKey("code"));
    assertEquals(
        "urn:mekong:loa:low",
        redeemed(TestBrowser.answer(browser.get(application.opened())), application).acr());
  }

  /** OpenID Connect Core section 3.1.2.1: both methods. */
  @Test
  void aFormLeadsToTheSameRequestByGet() {
    TestApplication application = TestApplication.registered();
    String path = application.opened();
    String query = path.substring(path.indexOf('?') + 1);

    Response byForm =
        given()
            .redirects()
            .follow(false)
            .contentType("application/x-www-form-urlencoded")
            .body(query + "&unknown=x")
            .post("/authorize");

    byForm.then().statusCode(303).header("Location", startsWith("/authorize?"));
    new TestBrowser()
        .follow(byForm.header("Location"))
        .then()
        .statusCode(200)
        .body(containsString("name=\"password\""));
  }

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

  /** What no library would send is refused at the gate, or by the page. */
  @Test
  void addressesThatAreNoneAreRefused() throws Exception {
    String good = TestApplication.registered().opened();
    for (String query : List.of("client_id=%zz", "client_id=%FF", "client_id=%00", "%", "=", "&")) {
      String status = raw("GET /authorize?" + query + good.substring(good.indexOf('&')));
      assertTrue(status.startsWith("HTTP/1.1 400"), query + " " + status);
    }
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket
          .getOutputStream()
          .write((request + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  /** FAPI 2.0 section 5.3.2.2: not at the load of a page, but at the decision. */
  @Test
  void aRequestIsUsedUpByItsDecisionAndNotByBeingOpened() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    String path = application.opened();
    new TestBrowser().follow(path).then().statusCode(200);
    TestBrowser browser = new TestBrowser();
    browser.follow(path).then().statusCode(200);

    assertTrue(browser.allowed(path, person).containsKey("code"));
    browser.get(path).then().statusCode(400).header("Location", nullValue());
    new TestBrowser().get(path).then().statusCode(400).header("Location", nullValue());
  }

  @Test
  void ofSimultaneousDecisionsOnOneRequestOneGetsACode() throws Exception {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    browser.allowed(application.opened(), TestAccount.citizen(Assurance.LOW));
    String path = application.opened();
    int attempts = 6;
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(attempts)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < attempts; i++) {
        running.add(threads.submit(() -> browser.get(path).statusCode()));
      }
      for (Future<Integer> each : running) {
        statuses.add(each.get());
      }
    }

    statuses.sort(null);
    assertEquals(List.of(303, 400, 400, 400, 400, 400), statuses);
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
  void anAnswerIsAddedToWhatAnAddressHoldsAlready() {
    String path =
        TestApplication.registered()
            .opened("redirect_uri", "https://portal.example/other?x=1", "prompt", "none");

    new TestBrowser()
        .get(path)
        .then()
        .statusCode(303)
        .header("Location", startsWith("https://portal.example/other?x=1&"))
        .header("Location", containsString("error=login_required"));
  }

  @Test
  void anErrorUsesTheRequestUpToo() {
    TestApplication application = TestApplication.registered();
    String path = application.opened("prompt", "none");
    new TestBrowser().get(path).then().statusCode(303);

    new TestBrowser().get(path).then().statusCode(400);
  }

  @Test
  void anOfficerGivesWhatTheirRolesHoldAndOnlyToTheirAgency() {
    TestApplication application = TestApplication.registered();
    String agency = application.system().clientId();
    TestAccount officer = TestAccount.officer(agency, Role.INQUIRER);
    String[] asked = {
      "scope", "openid lookup person.read", "authorization_details", TestApplication.details()
    };
    AuthorizationGrant grant =
        redeemed(new TestBrowser().allowed(application.opened(asked), officer), application);

    assertEquals(Set.of("openid", "lookup"), grant.scopes());
    assertEquals(1, grant.authorizationDetails().size());
    assertEquals("marriage", grant.authorizationDetails().getFirst().getStringField("purpose"));

    TestAccount stranger =
        TestAccount.officer(TestApplication.registered().system().clientId(), Role.INQUIRER);
    TestBrowser browser = new TestBrowser();
    Response refused = browser.signIn(browser.follow(application.opened(asked)), stranger);
    assertEquals("access_denied", TestBrowser.answer(refused).get("error"));
  }

  @Test
  void aCodeIsBoundToTheKeyThatWasNamed() {
    TestApplication application = TestApplication.registered();
    String jkt = application.system().dpop().thumbprint();
    Map<String, String> answer =
        new TestBrowser()
            .allowed(application.opened("dpop_jkt", jkt), TestAccount.citizen(Assurance.LOW));

    assertEquals(Optional.of(jkt), redeemed(answer, application).dpopJkt());
  }

  @Test
  void signingInAgainIsAskedForByPromptAndByAge() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    AuthorizationGrant first = redeemed(browser.allowed(application.opened(), person), application);
    for (String[] again : new String[][] {{"prompt", "login"}, {"max_age", "0"}}) {
      Response page = browser.follow(application.opened(again));
      page.then().statusCode(200).body(containsString("name=\"password\""));
    }
    AuthorizationGrant second =
        redeemed(browser.allowed(application.opened("prompt", "login"), person), application);

    assertEquals(first.sessionId(), second.sessionId());
    assertFalse(second.authTime().isBefore(first.authTime()));
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

  @Test
  void uiLocalesChooseTheLanguage() {
    TestApplication application = TestApplication.registered();
    for (String[] row : new String[][] {{"lo", "lo"}, {"fr en-GB vi", "en"}, {"fr", "vi"}}) {
      new TestBrowser()
          .follow(application.opened("ui_locales", row[0]))
          .then()
          .header("Content-Language", equalTo(row[1]));
    }
  }

  @Test
  void twoRequestsInOneBrowserDoNotMix() {
    TestApplication one = TestApplication.registered();
    TestApplication two = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    Response first = browser.follow(one.opened("state", "one"));
    Response second = browser.follow(two.opened("state", "two"));
    assertNotEquals(TestBrowser.interaction(first), TestBrowser.interaction(second));

    TestAccount person = TestAccount.citizen(Assurance.LOW);
    Response consentOfOne = browser.signIn(first, person);
    Map<String, String> answer = TestBrowser.answer(browser.decide(consentOfOne, "allow"));

    assertEquals("one", answer.get("state"));
    assertEquals(person.account().id(), redeemed(answer, one).accountId());
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

  private AuthorizationGrant redeemed(Map<String, String> answer, TestApplication application) {
    Redemption redemption =
        journal.transact(
            transaction ->
                codes.redeem(
                    transaction.connection(), answer.get("code"), application.system().clientId()));
    return assertInstanceOf(Redemption.Redeemed.class, redemption).grant();
  }
}
