package org.mekong.identity.signin;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** The sign-in page: what it tells whom, and what it takes. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class SignInIT {
  private static final String WRONG = "sai mat khau 2026!";

  /** Same status, same headers, same text: nothing tells a number that exists from one that not. */
  @Test
  void whateverWasWrongTheAnswerIsTheSame() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestAccount closed = TestAccount.citizen(Assurance.LOW);
    closed.close();
    TestBrowser browser = new TestBrowser();
    Response page = browser.follow(application.opened());
    String nobody = "000000000000";
    String right = TestAccount.PASSWORD;

    Set<String> answers = new HashSet<>();
    answers.add(seen(browser.signIn(page, nobody, WRONG, "123456"), nobody));
    answers.add(seen(browser.signIn(page, person.login(), WRONG, "123456"), person.login()));
    answers.add(seen(browser.signIn(page, person.login(), WRONG, person.code()), person.login()));
    answers.add(seen(browser.signIn(page, person.login(), right, "12345"), person.login()));
    answers.add(seen(browser.signIn(page, closed.login(), right, closed.code()), closed.login()));

    assertEquals(1, answers.size(), answers::toString);
    assertTrue(answers.iterator().next().startsWith("422"));
  }

  private static String seen(Response response, String login) {
    StringBuilder seen = new StringBuilder().append(response.statusCode()).append('\n');
    response.headers().asList().stream()
        .filter(header -> !header.getName().equalsIgnoreCase("X-Request-Id"))
        .forEach(header -> seen.append(header).append('\n'));
    return seen.append(response.asString().replace(login, "LOGIN")).toString();
  }

  @Test
  void aMistypedPasswordDoesNotSpendTheCode() {
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    Response page = browser.follow(TestApplication.registered().opened());
    String code = person.code();

    browser.signIn(page, person.login(), WRONG, code).then().statusCode(422);
    browser.signIn(page, person.login(), TestAccount.PASSWORD, code).then().statusCode(303);
  }

  @Test
  void aCodeSignsInOnce() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    String code = person.code();
    TestBrowser one = new TestBrowser();
    one.signIn(one.follow(application.opened()), person.login(), TestAccount.PASSWORD, code)
        .then()
        .statusCode(303);
    TestBrowser two = new TestBrowser();
    two.signIn(two.follow(application.opened()), person.login(), TestAccount.PASSWORD, code)
        .then()
        .statusCode(422);
  }

  @Test
  void signsInWithWhatPeopleTypeAroundNumbersAndCodes() {
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    String number = person.login();
    String code = person.code();

    browser
        .signIn(
            browser.follow(TestApplication.registered().opened()),
            " " + number.substring(0, 3) + " " + number.substring(3) + " ",
            TestAccount.PASSWORD,
            code.substring(0, 3) + " " + code.substring(3))
        .then()
        .statusCode(303);
  }

  /** Session fixation: the secret of before is of no use after. */
  @Test
  void signingInGivesANewSecret() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    browser.signIn(browser.follow(application.opened()), person);
    String before = browser.cookies().get("__Host-mekong-session");
    browser.signIn(browser.follow(application.opened("prompt", "login")), person);

    assertNotEquals(before, browser.cookies().get("__Host-mekong-session"));
    TestBrowser thief = new TestBrowser();
    thief.cookies().put("__Host-mekong-session", before);
    thief.follow(application.opened()).then().body(containsString("name=\"password\""));
  }

  @Test
  void emptyFieldsAreNamedAndCountForNothing() {
    TestBrowser browser = new TestBrowser();
    Response page = browser.follow(TestApplication.registered().opened());
    for (int i = 0; i < 8; i++) {
      browser
          .signIn(page, "", "", "")
          .then()
          .statusCode(422)
          .body(containsString("href=\"#login\""))
          .body(containsString("href=\"#password\""))
          .body(containsString("href=\"#code\""));
    }
  }

  @Test
  void theHintIsShownAndCannotBreakThePage() {
    String hint = "\"><script>alert(1)</script>{nation}";
    new TestBrowser()
        .follow(TestApplication.registered().opened("login_hint", hint))
        .then()
        .statusCode(200)
        .body(not(containsString("<script")))
        .body(containsString("&lt;script&gt;"))
        .body(containsString("{nation}"));
  }

  @Test
  void pageIsKeptFromScriptsFramesAndCachesAndLeadsToTheClientAlone() {
    Response page = new TestBrowser().follow(TestApplication.registered().opened());

    page.then()
        .header(
            "Content-Security-Policy",
            equalTo(
                "default-src 'none'; style-src 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'; form-action 'self' https://portal.example"))
        .header("X-Frame-Options", equalTo("DENY"))
        .header("Referrer-Policy", equalTo("no-referrer"))
        .header("Cache-Control", equalTo("no-store"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .body(not(containsString("<script")))
        .body(not(containsString(" style=")))
        .body(not(containsString("http://")))
        .body(not(containsString("NOT_FOUND")));
    Matcher sheet = Pattern.compile("href=\"(/styles/[0-9a-f]+[.]css)\"").matcher(page.asString());
    assertTrue(sheet.find());
    given()
        .get(sheet.group(1))
        .then()
        .statusCode(200)
        .contentType(containsString("text/css"))
        .header("Cache-Control", containsString("immutable"))
        .body(not(containsString("url(")))
        .body(not(containsString("GDS")))
        .body(containsString(".govuk-button"))
        .body(containsString(".mekong-header"));
    given().get("/styles/0.css").then().statusCode(404);
  }

  /** RFC 9700 section 4.7. */
  @Test
  void aFormOfAnotherSiteIsRefused() {
    TestBrowser browser = new TestBrowser();
    String id = TestBrowser.interaction(browser.follow(TestApplication.registered().opened()));
    for (String site : List.of("cross-site", "same-site", "none")) {
      given()
          .header("Sec-Fetch-Site", site)
          .header("Cookie", cookie(browser))
          .formParam("interaction", id)
          .formParam("decision", "cancel")
          .post("/sign-in")
          .then()
          .statusCode(403);
    }
  }

  @Test
  void cookiesAreHeldToThisHostAndAwayFromScripts() {
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    Response first = browser.get(TestApplication.registered().opened());
    Response page = browser.follow(first.header("Location"));
    Response signedIn = browser.signIn(page, person.login(), TestAccount.PASSWORD, person.code());
    List<String> cookies = new ArrayList<>(first.headers().getValues("Set-Cookie"));
    cookies.addAll(signedIn.headers().getValues("Set-Cookie"));

    assertEquals(3, cookies.size());
    for (String cookie : cookies) {
      assertTrue(cookie.startsWith("__Host-mekong-"), "name");
      for (String attribute : List.of("Path=/", "Secure", "HttpOnly", "SameSite=")) {
        assertTrue(cookie.contains("; " + attribute), attribute);
      }
      assertFalse(cookie.contains("Domain"));
    }
  }

  @TestFactory
  List<DynamicTest> noFormMakesTheServiceFail() {
    List<DynamicTest> tests = new ArrayList<>();
    TestBrowser browser = new TestBrowser();
    String id = TestBrowser.interaction(browser.follow(TestApplication.registered().opened()));
    String it = "interaction=" + id;
    List<String> bodies =
        List.of(
            "",
            "x",
            it,
            it + "&" + it,
            it + "&login=%00&password=%00&code=%00",
            it + "&login=%FF&password=%zz&code=%",
            it + "&login=a&login=b&password=x&code=1",
            it + "&login=" + "9".repeat(5000) + "&password=x&code=1",
            it + "&login=a&password=" + "x".repeat(30_000) + "&code=1",
            it + "&login=a&password=x&code=" + "1".repeat(5000),
            it + "&login=%F0%9F%98%80&password=%F0%9F%98%80&code=%F0%9F%98%80",
            it + "&login=%ED%A0%80&password=x&code=1",
            it + "&decision=%3Cscript%3E");
    for (int i = 0; i < bodies.size(); i++) {
      String body = bodies.get(i);
      for (String path : List.of("/sign-in", "/consent", "/authorize")) {
        tests.add(
            DynamicTest.dynamicTest(
                path + " " + i,
                () ->
                    given()
                        .redirects()
                        .follow(false)
                        .header("Cookie", cookie(browser))
                        .contentType("application/x-www-form-urlencoded")
                        .body(body)
                        .post(path)
                        .then()
                        .statusCode(lessThan(500))));
      }
    }
    return tests;
  }

  @Test
  void whoGuessesWaitsAndTheOwnerDoesNot() {
    TestApplication application = TestApplication.registered();
    TestAccount owner = TestAccount.citizen(Assurance.LOW);
    TestBrowser home = new TestBrowser();
    home.signIn(home.follow(application.opened()), owner);
    TestBrowser guesser = new TestBrowser();
    Response page = guesser.follow(application.opened());
    for (int i = 0; i < 5; i++) {
      guesser.signIn(page, owner.login(), WRONG + i, "123456").then().statusCode(422);
    }

    guesser
        .signIn(page, owner.login(), WRONG, "123456")
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue());
    Response again = home.follow(application.opened("prompt", "login"));
    home.signIn(again, owner.login(), TestAccount.PASSWORD, owner.code()).then().statusCode(303);
  }

  @Test
  void numbersThatDoNotExistWaitTheSame() {
    TestBrowser guesser = new TestBrowser();
    Response page = guesser.follow(TestApplication.registered().opened());
    for (int i = 0; i < 5; i++) {
      guesser.signIn(page, "nobody-at-all", WRONG + i, "123456").then().statusCode(422);
    }

    guesser.signIn(page, "NOBODY-at-all", WRONG, "123456").then().statusCode(429);
  }

  @Test
  void theLanguageOfTheSwitchStays() {
    TestBrowser browser = new TestBrowser();
    Response page = browser.follow(TestApplication.registered().opened());
    String id = TestBrowser.interaction(page);
    Response lao = browser.get("/sign-in?interaction=" + id + "&lang=lo");
    lao.then().header("Content-Language", equalTo("lo"));

    browser
        .signIn(lao, TestAccount.citizen(Assurance.LOW))
        .then()
        .header("Content-Language", equalTo("lo"));
  }

  @Test
  void signInsAreInTheJournalWithoutAName() {
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    Map<String, String> answer =
        new TestBrowser().allowed(TestApplication.registered().opened(), person);
    assertTrue(answer.containsKey("code"));

    String journal =
        TestSystem.administrator()
            .get("/admin/v1/journal")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertFalse(journal.contains(person.login()));
    assertFalse(journal.contains(person.account().id().toString()));
  }

  private static String cookie(TestBrowser browser) {
    return "__Host-mekong-browser=" + browser.cookies().get("__Host-mekong-browser");
  }
}
