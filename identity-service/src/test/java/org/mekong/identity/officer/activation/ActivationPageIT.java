package org.mekong.identity.officer.activation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** A person uses the code that they were handed on a page, and signs in. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class ActivationPageIT {
  private static final Pattern SECRET = Pattern.compile("id=\"secret\">([A-Z2-7 ]+)<");
  private static final String PASSWORD = "2 con trâu, 7 cây mít";
  private static final TestSystem ADMIN = TestSystem.administrator();

  private record Handed(String number, String first, String second) {
    static Handed toACitizen() {
      String number = "0" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
      String id =
          ADMIN
              .post(
                  "/admin/v1/accounts",
                  Map.of("kind", "citizen", "personalNumber", number, "assurance", "low"))
              .then()
              .statusCode(201)
              .extract()
              .path("id");
      String path = "/admin/v1/accounts/" + id + "/activation";
      Response handed = ADMIN.authorised("POST", path).post(path);
      return new Handed(number, handed.path("firstHalf"), handed.path("outcome.secondHalf"));
    }

    String code() {
      return first + "." + second;
    }
  }

  @Test
  void theWholeWayFromTwoHalvesToSigningIn() throws Exception {
    Handed handed = Handed.toACitizen();
    given().get("/activate?lang=en").then().statusCode(200).body(containsString("First half"));
    Response offered =
        post(Map.of("first", " " + handed.first(), "second", handed.second() + " ", "lang", "en"));
    offered
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .header(
            "Content-Security-Policy",
            equalTo(
                "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none';"
                    + " form-action 'self'"))
        .body(containsString("<svg"))
        .body(not(containsString("<script")))
        .body(not(containsString(" style=")))
        .body(not(containsString("http")))
        .body(not(containsString("NOT_FOUND")));
    String secret = secret(offered);

    for (Map<String, String> wrong :
        List.of(
            Map.of("password", PASSWORD, "again", PASSWORD, "otp", "12345"),
            Map.of("password", PASSWORD, "again", PASSWORD + "x", "otp", code(secret)),
            Map.of("password", "short", "again", "short", "otp", code(secret)),
            Map.of("password", handed.number(), "again", handed.number(), "otp", code(secret)))) {
      Response again = complete(handed.code(), wrong);
      again.then().statusCode(422).body(containsString("govuk-error-summary"));
      assertEquals(secret, secret(again), "what was connected once stays connected");
    }
    complete(handed.code(), Map.of("password", PASSWORD, "again", PASSWORD, "otp", code(secret)))
        .then()
        .statusCode(200)
        .body(containsString("Your account is active"));
    complete(handed.code(), Map.of("password", PASSWORD, "again", PASSWORD, "otp", code(secret)))
        .then()
        .statusCode(422)
        .body(containsString("was used or has expired"));

    TestBrowser browser = new TestBrowser();
    Response page = browser.follow(TestApplication.registered().opened());
    String next = codeAt(secret, Instant.now().plusSeconds(30));
    browser.signIn(page, handed.number(), PASSWORD, next).then().statusCode(303);
  }

  @Test
  void whatIsNoCodeIsToldTheSame() {
    for (String code :
        List.of("", ".", "x", "a.b", "x".repeat(5000), "\u0000", Handed.toACitizen().first())) {
      post(Map.of("first", code, "lang", "en"))
          .then()
          .statusCode(422)
          .body(containsString("This code is not known"));
      complete(code, Map.of("password", PASSWORD, "again", PASSWORD, "otp", "123456"))
          .then()
          .statusCode(422);
    }
    post(Map.of()).then().statusCode(422);
    given().contentType("text/plain").body("x").post("/activate").then().statusCode(422);
    given()
        .header("Sec-Fetch-Site", "cross-site")
        .formParam("first", "x")
        .post("/activate")
        .then()
        .statusCode(403);
  }

  @Test
  void everyLanguageHasIt() {
    given().get("/activate?lang=vi").then().body(containsString("Kích hoạt tài khoản"));
    given().get("/activate?lang=lo").then().body(containsString("ເປີດໃຊ້ບັນຊີຂອງທ່ານ"));
  }

  private static String secret(Response page) {
    Matcher found = SECRET.matcher(page.asString());
    assertTrue(found.find(), page::asString);
    return found.group(1).replace(" ", "");
  }

  private static String code(String secret) throws Exception {
    return codeAt(secret, Instant.now());
  }

  private static String codeAt(String secret, Instant moment) throws Exception {
    TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    return codes.generateOneTimePasswordString(
        new SecretKeySpec(Base32.decode(secret), codes.getAlgorithm()), moment);
  }

  private static Response complete(String code, Map<String, String> fields) {
    return given()
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParams(fields)
        .formParam("first", code)
        .formParam("lang", "en")
        .formParam("step", "complete")
        .post("/activate");
  }

  private static Response post(Map<String, String> fields) {
    return given()
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParams(fields)
        .formParam("step", "begin")
        .post("/activate");
  }
}
