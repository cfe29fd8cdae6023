package org.mekong.identity.consent;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Role;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;

/** Consent is informed, is theirs alone, and is asked for again when more is asked. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class ConsentIT {
  @Inject Consents consents;
  @Inject Journal journal;

  @Test
  void saysWhoGetsWhatAndWho() {
    TestApplication application = TestApplication.registered();
    TestAccount officer = TestAccount.officer(application.system().clientId(), Role.INQUIRER);
    TestBrowser browser = new TestBrowser();
    String path =
        application.opened(
            "scope",
            "openid lookup",
            "ui_locales",
            "en",
            "authorization_details",
            TestApplication.details());

    browser
        .signIn(browser.follow(path), officer)
        .then()
        .statusCode(200)
        .body(containsString("Cổng dịch vụ công Quảng Trị"))
        .body(containsString("Sở Tư pháp"))
        .body(containsString(officer.login()))
        .body(containsString("by an identifier made for this agency alone"))
        .body(containsString("Marriage"))
        .body(containsString("Law 60/2014/QH13"))
        .body(containsString(">Laos<"))
        .body(containsString("whether alive"))
        .body(not(containsString("NOT_FOUND")));
  }

  @Test
  void showsACitizenTheEndOfTheirNumberAlone() {
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    String end = person.login().substring(person.login().length() - 3);

    browser
        .signIn(browser.follow(TestApplication.registered().opened()), person)
        .then()
        .body(containsString("•••" + end))
        .body(not(containsString(person.login())));
  }

  @Test
  void isAskedForAgainWhenMoreIsAskedOrItWasWithdrawn() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    browser.allowed(application.opened(), person);
    browser.get(application.opened()).then().statusCode(303);

    Response more = browser.follow(application.opened("scope", "openid offline_access"));
    more.then().statusCode(200).body(containsString("value=\"allow\""));
    browser.decide(more, "allow");
    assertTrue(TestBrowser.answer(browser.get(application.opened())).containsKey("code"));

    journal.transact(
        transaction ->
            consents.withdraw(
                transaction.connection(), person.account().id(), application.system().clientId()));
    browser.follow(application.opened()).then().statusCode(200);
  }

  @Test
  void isNotAnothers() {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    browser.allowed(application.opened(), TestAccount.citizen(Assurance.LOW));

    browser
        .signIn(
            browser.follow(application.opened("prompt", "login")),
            TestAccount.citizen(Assurance.LOW))
        .then()
        .statusCode(200)
        .body(containsString("value=\"allow\""));
  }

  @Test
  void aDenialIsNotRememberedAndGivesNothing() {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    Response page =
        browser.signIn(browser.follow(application.opened()), TestAccount.citizen(Assurance.LOW));

    assertEquals("access_denied", TestBrowser.answer(browser.decide(page, "deny")).get("error"));
    browser.follow(application.opened()).then().statusCode(200);
  }

  @Test
  void withoutASessionThereIsNobodyToAsk() {
    TestBrowser browser = new TestBrowser();
    String id = TestBrowser.interaction(browser.follow(TestApplication.registered().opened()));

    browser.follow("/consent?interaction=" + id).then().body(containsString("name=\"password\""));
    browser
        .post("/consent", Map.of("interaction", id, "decision", "allow"))
        .then()
        .statusCode(303)
        .header("Location", equalTo("/authorize/continue?interaction=" + id));
    browser
        .follow("/authorize/continue?interaction=" + id)
        .then()
        .body(containsString("name=\"password\""));
  }
}
