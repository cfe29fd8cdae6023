package org.mekong.identity.authorization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
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

  private AuthorizationGrant redeemed(Map<String, String> answer, TestApplication application) {
    Redemption redemption =
        journal.transact(
            transaction ->
                codes.redeem(
                    transaction.connection(), answer.get("code"), application.system().clientId()));
    return assertInstanceOf(Redemption.Redeemed.class, redemption).grant();
  }
}
