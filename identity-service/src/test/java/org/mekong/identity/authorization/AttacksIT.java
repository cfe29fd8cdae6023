package org.mekong.identity.authorization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** What attackers of RFC 9700 and of the FAPI 2.0 attacker model try between browser and client. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class AttacksIT {
  private static final String SCOPE = "openid offline_access";
  private static final int FEWEST_BITS = 128;

  /** RFC 9700 section 4.16. */
  @Test
  void clickjackingNoPageIsFramed() {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    Response signIn = browser.follow(application.opened());
    Response consent = browser.signIn(signIn, TestAccount.citizen(Assurance.LOW));
    for (Response page :
        List.of(
            signIn,
            consent,
            browser.get("/consents"),
            browser.get("/activate"),
            browser.get("/logout"),
            browser.get("/authorize"),
            browser.get(application.opened()))) {
      page.then()
          .header("X-Frame-Options", equalTo("DENY"))
          .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
          .header("Cache-Control", equalTo("no-store"))
          .header("Referrer-Policy", equalTo("no-referrer"));
    }
  }

  /** FAPI 2.0 section 5.3.2.2-10 and -11: credentials are not sent on to whoever comes next. */
  @Test
  void everyRedirectIsA303() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    Response opened = browser.get(application.opened());
    Response page = browser.follow(opened.header("Location"));
    Response signedIn = browser.signIn(page, person.login(), TestAccount.PASSWORD, person.code());
    Response question = browser.follow(signedIn.header("Location"));
    Response decided =
        browser.post(
            "/consent",
            Map.of("interaction", TestBrowser.interaction(question), "decision", "allow"));
    Response back = browser.get(decided.header("Location"));
    String pushed = application.opened();
    Response byForm =
        given()
            .redirects()
            .follow(false)
            .contentType("application/x-www-form-urlencoded")
            .body(pushed.substring(pushed.indexOf('?') + 1))
            .post("/authorize");

    for (Response redirect : List.of(opened, signedIn, decided, back, byForm)) {
      assertEquals(303, redirect.statusCode());
      assertFalse(redirect.header("Location").contains(TestAccount.PASSWORD));
    }
  }

  /** RFC 9207: also an error says who answers, so that nobody takes it for another's. */
  @Test
  void mixUpErrorsNameTheIssuerToo() {
    TestApplication application = TestApplication.registered();
    Map<String, String> none =
        TestBrowser.answer(new TestBrowser().get(application.opened("prompt", "none")));

    assertEquals("login_required", none.get("error"));
    assertEquals(TestSystem.ISSUER, none.get("iss"));
  }

  /** FAPI 2.0 section 5.4.1-4: at least 128 bits that nobody guesses. */
  @Test
  void guessingWhatIsNotForPeopleIsOfRandomBits() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      String path = application.opened("scope", SCOPE);
      String code = browser.allowed(path, person).get("code");
      String refresh = redeem(application, code).path("refresh_token");
      String requestUri = path.substring(path.lastIndexOf(':') + 1);
      for (String secret : List.of(code, refresh, requestUri)) {
        assertTrue(
            Base64.getUrlDecoder().decode(secret).length * Byte.SIZE >= FEWEST_BITS, "too short");
        assertTrue(seen.add(secret), "came twice");
      }
    }
    browser
        .cookies()
        .values()
        .forEach(
            secret ->
                assertTrue(
                    Base64.getUrlDecoder().decode(secret).length * Byte.SIZE >= FEWEST_BITS));
  }

  /** FAPI 2.0 section 5.4.2: one key a kid, and no address of another's keys in a header. */
  @Test
  void jwkSwapOurKeysAreToldApartAndNoTokenPointsElsewhere() throws Exception {
    List<String> ids =
        JWKSet.parse(given().get("/jwks").asString()).getKeys().stream()
            .map(JWK::getKeyID)
            .toList();
    TestApplication application = TestApplication.registered();
    Response tokens =
        redeem(
            application,
            new TestBrowser()
                .allowed(application.opened(), TestAccount.citizen(Assurance.LOW))
                .get("code"));

    assertEquals(Set.copyOf(ids).size(), ids.size());
    for (String name : List.of("access_token", "id_token")) {
      SignedJWT token = SignedJWT.parse((String) tokens.path(name));
      assertTrue(ids.contains(token.getHeader().getKeyID()));
      assertEquals(null, token.getHeader().getJWKURL());
      assertEquals(null, token.getHeader().getX509CertURL());
      assertEquals(null, token.getHeader().getJWK());
    }
  }

  /** RFC 9700 section 4.5: a code of the attacker's own sign-in, in the victim's session. */
  @Test
  void injectionACodeOfAnotherSignInDoesNotFitTheVictimsVerifier() {
    TestApplication application = TestApplication.registered();
    String stolen =
        new TestBrowser()
            .allowed(
                application.opened("code_challenge", "0oQEuF9CzCSZfoOvS2ws3OfBJWFvGbCkUNCnRqHqKhU"),
                TestAccount.citizen(Assurance.LOW))
            .get("code");

    redeem(application, stolen).then().statusCode(400).body("error", equalTo("invalid_grant"));
  }

  /** RFC 9449 section 7.1, RFC 9700 section 4.10: a stolen token without the key is of no use. */
  @Test
  void replayAStolenTokenWithAProofOfAnotherKeyOrRequestIsRefused() {
    TestApplication application = TestApplication.registered();
    String token =
        redeem(
                application,
                new TestBrowser()
                    .allowed(application.opened(), TestAccount.citizen(Assurance.LOW))
                    .get("code"))
            .path("access_token");
    URI userInfo = URI.create(TestSystem.ISSUER + "/userinfo");
    DpopClient own = application.system().dpop();
    String once = own.proof("GET", userInfo, token);

    assertEquals(200, ask(token, once).statusCode());
    assertEquals(401, ask(token, once).statusCode(), "replayed");
    assertEquals(401, ask(token, new DpopClient().proof("GET", userInfo, token)).statusCode());
    assertEquals(401, ask(token, own.proof("GET", userInfo)).statusCode(), "without ath");
    assertEquals(401, ask(token, own.proof("GET", userInfo, token + "x")).statusCode());
    assertEquals(
        401,
        ask(token, own.proof("GET", URI.create(TestSystem.ISSUER + "/x"), token)).statusCode());
  }

  /** RFC 9700 section 4.15: no client is taken for a person, nor a person for a client. */
  @Test
  void confusionOfSubjectsNamesOfPeopleAreNoClientsIds() throws Exception {
    TestApplication application = TestApplication.registered();
    String token =
        redeem(
                application,
                new TestBrowser()
                    .allowed(application.opened(), TestAccount.citizen(Assurance.LOW))
                    .get("code"))
            .path("access_token");
    String subject = SignedJWT.parse(token).getJWTClaimsSet().getSubject();

    assertNotEquals(application.system().clientId(), subject);
    assertFalse(org.mekong.identity.client.RegisterClient.ID.matcher(subject).matches());
  }

  private static Response ask(String token, String proof) {
    return given().header("Authorization", "DPoP " + token).header("DPoP", proof).get("/userinfo");
  }

  private static Response redeem(TestApplication application, String code) {
    Map<String, String> form = application.system().form("authorization_code");
    form.put("code", code);
    form.put("redirect_uri", TestApplication.REDIRECT);
    form.put("code_verifier", TestApplication.VERIFIER);
    return application.system().ask(form);
  }
}
