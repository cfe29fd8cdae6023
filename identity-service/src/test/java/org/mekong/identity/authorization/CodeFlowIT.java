package org.mekong.identity.authorization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** The whole way, from a pushed request to an ID token, and what that token says later on. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class CodeFlowIT {
  @Test
  void theIdTokenSaysWhoSignedInHowAndForWhichRequest() throws Exception {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    Map<String, String> answer =
        browser.allowed(application.opened(), TestAccount.citizen(Assurance.HIGH));

    JWTClaimsSet claims = idToken(redeem(application, answer)).getJWTClaimsSet();

    assertEquals(TestSystem.ISSUER, claims.getIssuer());
    assertEquals(List.of(application.system().clientId()), claims.getAudience());
    assertEquals("n-0S6_WzA2Mj", claims.getStringClaim("nonce"));
    assertEquals("urn:mekong:loa:substantial", claims.getStringClaim("acr"));
    assertEquals(List.of("pwd", "otp", "mfa"), claims.getStringListClaim("amr"));
  }

  /** RFC 6749 section 4.1.2. */
  @Test
  void aCodeIsGoodOnce() {
    TestApplication application = TestApplication.registered();
    Map<String, String> answer =
        new TestBrowser().allowed(application.opened(), TestAccount.citizen(Assurance.LOW));
    redeem(application, answer).then().statusCode(200);

    redeem(application, answer).then().statusCode(400).body("error", equalTo("invalid_grant"));
  }

  /** RFC 7636 and RFC 9700 section 4.5: an injected code lacks its verifier. */
  @Test
  void aCodeWithoutItsVerifierOrAddressIsNone() {
    TestApplication application = TestApplication.registered();
    TestBrowser browser = new TestBrowser();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    for (String[] wrong :
        new String[][] {
          {"code_verifier", "x".repeat(43)}, {"redirect_uri", "https://portal.example/other?x=1"}
        }) {
      Map<String, Object> form = form(application, browser.allowed(application.opened(), person));
      form.put(wrong[0], wrong[1]);
      send(application, form).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }
  }

  /** OpenID Connect Core section 3.1.2.1: id_token_hint. */
  @Test
  void anIdTokenNamesWhomTheClientExpects() throws Exception {
    TestApplication application = TestApplication.registered();
    TestBrowser home = new TestBrowser();
    String hint =
        idToken(
                redeem(
                    application,
                    home.allowed(application.opened(), TestAccount.citizen(Assurance.LOW))))
            .serialize();
    TestBrowser another = new TestBrowser();
    another.allowed(application.opened(), TestAccount.citizen(Assurance.LOW));
    String[] silently = {"prompt", "none", "id_token_hint", hint};

    assertTrue(answer(home.get(application.opened(silently))).containsKey("code"));
    assertEquals("login_required", answer(another.get(application.opened(silently))).get("error"));
    another
        .follow(application.opened("id_token_hint", hint))
        .then()
        .body(containsString("name=\"password\""));

    String ofOtherKey =
        application
            .system()
            .sign(DpopClient.newKey(), JWSAlgorithm.ES256, c -> c.issuer(TestSystem.ISSUER));
    assertEquals(
        "login_required",
        answer(home.get(application.opened("prompt", "none", "id_token_hint", ofOtherKey)))
            .get("error"));
  }

  private static Map<String, String> answer(Response response) {
    return TestBrowser.answer(response);
  }

  private static SignedJWT idToken(Response response) throws Exception {
    return SignedJWT.parse(response.then().statusCode(200).extract().path("id_token"));
  }

  private static Response redeem(TestApplication application, Map<String, String> answer) {
    return send(application, form(application, answer));
  }

  private static Map<String, Object> form(TestApplication application, Map<String, String> answer) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", answer.get("code"));
    form.put("redirect_uri", TestApplication.REDIRECT);
    form.put("code_verifier", TestApplication.VERIFIER);
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", application.system().assertion());
    return form;
  }

  private static Response send(TestApplication application, Map<String, Object> form) {
    return given()
        .formParams(form)
        .header("DPoP", application.system().dpop().proof("POST", TestSystem.TOKEN))
        .post("/token");
  }
}
