package org.mekong.identity.withdrawal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Role;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** People see what they allow applications, and what they withdraw is worth nothing at once. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class ConsentsPageIT {
  private static final Pattern PROOF = Pattern.compile("name=\"proof\" value=\"([^\"]+)\"");
  private static final String USERINFO = TestSystem.ISSUER + "/userinfo";

  @Test
  void whoIsNotSignedInIsToldSo() {
    given()
        .get("/consents?lang=en")
        .then()
        .statusCode(403)
        .body(containsString("You are not signed in"));
    given().formParam("client", "x").post("/consents").then().statusCode(403);
  }

  @Test
  void saysWhoMayDoWhatSinceWhen() {
    TestApplication application = TestApplication.registered();
    TestAccount officer = TestAccount.officer(application.system().clientId(), Role.INQUIRER);
    TestBrowser browser = new TestBrowser();
    browser.allowed(
        application.opened(
            "scope", "openid lookup", "authorization_details", TestApplication.details()),
        officer);

    browser
        .get("/consents?lang=en")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
        .header("Cache-Control", equalTo("no-store"))
        .body(containsString("Cổng dịch vụ công Quảng Trị"))
        .body(containsString("Sở Tư pháp"))
        .body(containsString("by an identifier made for this agency alone"))
        .body(containsString("Marriage: whether alive (Laos)"))
        .body(containsString(Integer.toString(java.time.Year.now().getValue())))
        .body(not(containsString("NOT_FOUND")))
        .body(not(containsString("<script")));
    browser.get("/consents?lang=lo").then().body(containsString("ຖອນຄືນ"));
    browser.get("/consents?lang=vi").then().body(containsString("Rút lại"));
  }

  @Test
  void whatWasIssuedIsWorthNothingAfterwards() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    String scope = "openid offline_access";
    Response tokens =
        redeem(application, browser.allowed(application.opened("scope", scope), person));
    String access = tokens.path("access_token");
    String refresh = tokens.path("refresh_token");
    String code = browser.allowed(application.opened("scope", scope), person).get("code");
    userInfo(application, access).then().statusCode(200);

    withdraw(browser, application, proof(browser))
        .then()
        .statusCode(303)
        .header("Location", equalTo("/consents?withdrawn=1&lang=vi"));

    browser
        .get("/consents?withdrawn=1&lang=en")
        .then()
        .body(containsString("You allow no application anything."))
        .body(containsString("can no longer use what it was given"));
    assertFalse(introspect(application, access));
    assertFalse(introspect(application, refresh));
    userInfo(application, access).then().statusCode(401);
    Map<String, String> form = application.system().form("refresh_token");
    form.put("refresh_token", refresh);
    application.system().ask(form).then().statusCode(400).body("error", equalTo("invalid_grant"));
    redeem(application, Map.of("code", code))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
    browser
        .follow(application.opened("scope", scope))
        .then()
        .body(containsString("value=\"allow\""));
    String journal =
        TestSystem.administrator()
            .authorised("GET", "/admin/v1/journal")
            .queryParam("act", "consent_withdrawn")
            .queryParam("client", application.system().clientId())
            .get("/admin/v1/journal")
            .asString();
    assertTrue(journal.contains("\"kind\":\"authorization\""), journal);
    assertFalse(journal.contains(person.account().id().toString()), journal);
  }

  @Test
  void whatOthersAllowAndWhatOtherApplicationsMayStays() {
    TestApplication one = TestApplication.registered();
    TestApplication other = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    browser.allowed(one.opened(), person);
    String kept = redeem(other, browser.allowed(other.opened(), person)).path("access_token");
    String anothers =
        redeem(one, new TestBrowser().allowed(one.opened(), TestAccount.citizen(Assurance.LOW)))
            .path("access_token");

    withdraw(browser, one, proof(browser)).then().statusCode(303);
    withdraw(browser, one, proof(browser)).then().statusCode(303);

    assertTrue(introspect(other, kept));
    assertTrue(introspect(one, anothers));
    browser.get(other.opened()).then().statusCode(303);
  }

  /** RFC 9700 section 4.7: neither another site's form nor one without what the page holds. */
  @Test
  void aFormOfAnotherSiteWithdrawsNothing() {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    browser.allowed(application.opened(), TestAccount.citizen(Assurance.LOW));

    withdraw(browser, application, "").then().statusCode(403);
    withdraw(browser, application, "x".repeat(43)).then().statusCode(403);
    for (String site : new String[] {"cross-site", "same-site", "none"}) {
      given()
          .header("Sec-Fetch-Site", site)
          .header(
              "Cookie", "__Host-mekong-session=" + browser.cookies().get("__Host-mekong-session"))
          .formParam("client", application.system().clientId())
          .formParam("proof", proof(browser))
          .post("/consents")
          .then()
          .statusCode(403);
    }
    browser.get(application.opened()).then().statusCode(303);
  }

  private static String proof(TestBrowser browser) {
    Matcher found = PROOF.matcher(browser.get("/consents").asString());
    return found.find() ? found.group(1) : "";
  }

  private static Response withdraw(TestBrowser browser, TestApplication application, String proof) {
    String held = proof.isEmpty() ? "none" : proof;
    return browser.post(
        "/consents",
        Map.of("client", application.system().clientId(), "proof", held, "lang", "vi"));
  }

  private static Response redeem(TestApplication application, Map<String, String> answer) {
    Map<String, String> form = application.system().form("authorization_code");
    form.put("code", answer.get("code"));
    form.put("redirect_uri", TestApplication.REDIRECT);
    form.put("code_verifier", TestApplication.VERIFIER);
    return application.system().ask(form);
  }

  private static boolean introspect(TestApplication application, String token) {
    Map<String, String> form = new LinkedHashMap<>(application.system().form("x"));
    form.remove("grant_type");
    form.put("token", token);
    return given()
        .formParams(form)
        .post("/introspect")
        .then()
        .statusCode(200)
        .extract()
        .path("active");
  }

  private static Response userInfo(TestApplication application, String token) {
    return given()
        .header("Authorization", "DPoP " + token)
        .header("DPoP", application.system().dpop().proof("GET", URI.create(USERINFO), token))
        .get("/userinfo");
  }

  @Test
  void aClientOfAnyNameIsNoneAndNothingHappens() {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    browser.allowed(application.opened(), TestAccount.citizen(Assurance.LOW));
    String proof = proof(browser);
    for (String client : new String[] {"", "nobody", "x".repeat(5000), "\u0000", "'; --"}) {
      int status = browser.post("/consents", Map.of("client", client, "proof", proof)).statusCode();
      assertTrue(status < 500, client);
    }
    assertEquals(303, browser.get(application.opened()).statusCode());
  }
}
