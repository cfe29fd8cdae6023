package org.mekong.identity.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without pictures: keeps cookies, follows nothing by itself, fills forms in. */
public final class TestBrowser {
  private static final Pattern INTERACTION =
      Pattern.compile("name=\"interaction\" value=\"([^\"]+)\"");

  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** The cookies it has. */
  public Map<String, String> cookies() {
    return cookies;
  }

  /** Asks for a page. */
  public Response get(String path) {
    return kept(request().urlEncodingEnabled(false).get(path));
  }

  /** Asks for a page, and for those it leads to on this site. */
  public Response follow(String path) {
    Response response = get(path);
    for (int i = 0; i < 5 && isHere(response); i++) {
      response = get(response.header("Location"));
    }
    return response;
  }

  private static boolean isHere(Response response) {
    return response.statusCode() == 303 && response.header("Location").startsWith("/");
  }

  /** Sends a form. */
  public Response post(String path, Map<String, String> form) {
    return kept(
        request()
            .contentType("application/x-www-form-urlencoded; charset=UTF-8")
            .formParams(form)
            .post(path));
  }

  /** Fills in the sign-in form of a page and sends it. */
  public Response signIn(Response page, String login, String password, String code) {
    return post(
        "/sign-in",
        Map.of(
            "interaction",
            interaction(page),
            "login",
            login,
            "password",
            password,
            "code",
            code,
            "decision",
            "sign-in"));
  }

  /** Signs a person in on a page; the page that comes next. */
  public Response signIn(Response page, TestAccount person) {
    Response signedIn = signIn(page, person.login(), TestAccount.PASSWORD, person.code());
    assertEquals(303, signedIn.statusCode());
    return follow(signedIn.header("Location"));
  }

  /** Answers the question of a consent page; what comes next. */
  public Response decide(Response page, String decision) {
    Response decided =
        post("/consent", Map.of("interaction", interaction(page), "decision", decision));
    assertEquals(303, decided.statusCode());
    return follow(decided.header("Location"));
  }

  /** Goes all the way: signs in where that is asked, allows, and comes back with the answer. */
  public Map<String, String> allowed(String path, TestAccount person) {
    Response page = follow(path);
    if (page.asString().contains("name=\"password\"")) {
      page = signIn(page, person);
    }
    if (page.statusCode() == 200) {
      page = decide(page, "allow");
    }
    return answer(page);
  }

  /** What a redirect tells the client. */
  public static Map<String, String> answer(Response response) {
    assertEquals(303, response.statusCode());
    URI location = URI.create(response.header("Location"));
    assertEquals("portal.example", location.getHost());
    Map<String, String> answer = new TreeMap<>();
    for (String each : location.getRawQuery().split("&")) {
      String[] pair = each.split("=", 2);
      answer.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return answer;
  }

  /** The id of what a page belongs to. */
  public static String interaction(Response page) {
    Matcher found = INTERACTION.matcher(page.asString());
    assertNotNull(found.find() ? found : null, page.asString());
    return found.group(1);
  }

  private RequestSpecification request() {
    RequestSpecification request = given().redirects().follow(false);
    if (!cookies.isEmpty()) {
      StringBuilder header = new StringBuilder();
      cookies.forEach((name, value) -> header.append(name).append('=').append(value).append("; "));
      request.header("Cookie", header.substring(0, header.length() - 2));
    }
    return request;
  }

  private Response kept(Response response) {
    for (Header header : response.headers().getList("Set-Cookie")) {
      String[] pair = header.getValue().split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return response;
  }
}
