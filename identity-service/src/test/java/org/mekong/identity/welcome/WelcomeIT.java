package org.mekong.identity.welcome;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.identity.testing.TestNode;

@QuarkusTest
@QuarkusTestResource(TestNode.class)
class WelcomeIT {
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"]*)\"");

  @ParameterizedTest
  @CsvSource({
    "'', '', vi",
    "'', 'fr', vi",
    "'', 'lo', lo",
    "'', 'fr, en;q=0.5', en",
    "'', 'en-GB', en",
    "lo, en, lo",
    "en, '', en",
    "xx, lo, lo",
    "'<script>', en, en"
  })
  void speaksTheReadersLanguage(String asked, String accepted, String language) {
    var request = given();
    if (!accepted.isEmpty()) {
      request.header("Accept-Language", accepted);
    }
    request
        .queryParam("lang", asked)
        .get("/")
        .then()
        .statusCode(200)
        .header("Content-Language", equalTo(language))
        .body(containsString("<html lang=\"" + language + "\">"))
        .body(not(containsString("NOT_FOUND")));
  }

  @Test
  void pageHasNoScriptAndAStrictPolicyAndItsLinksLeadSomewhere() {
    var answer = given().get("/?lang=en");
    answer
        .then()
        .contentType(containsString("text/html"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Referrer-Policy", equalTo("no-referrer"))
        .body(containsString("Viet Nam"))
        .body(not(containsString("<script")));
    Matcher links = LINK.matcher(answer.asString());
    int found = 0;
    while (links.find()) {
      assertEquals(200, given().get(links.group(1)).statusCode(), links.group(1));
      found++;
    }
    assertTrue(found >= 12, "links");
  }

  @Test
  void badAcceptLanguageIsNotAFailure() {
    for (String accepted : new String[] {"*", ";;;", "a".repeat(500), "en;q=x", "\u00e9"}) {
      int status = given().header("Accept-Language", accepted).get("/").statusCode();
      assertTrue(status < 500, accepted);
    }
  }
}
