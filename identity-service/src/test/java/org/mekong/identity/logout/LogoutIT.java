package org.mekong.identity.logout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.session.Sessions;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;

/** RP-Initiated Logout: who shows an ID token of the session signs out; anybody else is asked. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class LogoutIT {
  private static final String BACK = "https://desk.vn.mekong.example/signed-out";

  @Inject TestPerson people;
  @Inject Journal journal;
  @Inject Sessions sessions;

  private TestSystem system;
  private Sessions.Opened opened;
  private String hint;

  @BeforeEach
  void signIn() {
    system = TestSystem.application(Map.of("postLogoutRedirectUris", List.of(BACK)));
    opened = people.signIn(people.officer(system.clientId()));
    hint = hint(opened);
  }

  @Test
  void applicationOfTheSessionSignsOutAndGetsThePersonBack() {
    asking(Map.of("id_token_hint", hint, "post_logout_redirect_uri", BACK, "state", "a b&c"))
        .get("/logout")
        .then()
        .statusCode(303)
        .header("Location", equalTo(BACK + "?state=a+b%26c"))
        .header("Set-Cookie", containsString(Sessions.COOKIE + "=;"))
        .header("Cache-Control", equalTo("no-store"));

    assertEquals(false, lasts(opened));
  }

  @Test
  void formByPostIsTheSame() {
    given()
        .redirects()
        .follow(false)
        .cookie(Sessions.COOKIE, opened.secret())
        .formParam("id_token_hint", hint)
        .post("/logout")
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"));

    assertEquals(false, lasts(opened));
  }

  @Test
  void withoutTheIdTokenThePersonIsAsked() {
    for (Map<String, String> parameters :
        List.of(
            Map.<String, String>of(),
            Map.of("client_id", system.clientId()),
            Map.of("client_id", system.clientId(), "post_logout_redirect_uri", BACK),
            Map.of("id_token_hint", hint(people.signIn(people.officer(system.clientId())))))) {
      asking(parameters)
          .get("/logout")
          .then()
          .statusCode(200)
          .header("Location", nullValue())
          .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
          .body(containsString("name=\"decision\""));
      assertEquals(true, lasts(opened));
    }

    given()
        .redirects()
        .follow(false)
        .cookie(Sessions.COOKIE, opened.secret())
        .formParams(Map.of("client_id", system.clientId(), "post_logout_redirect_uri", BACK))
        .formParam("decision", "sign-out")
        .post("/logout")
        .then()
        .statusCode(303)
        .header("Location", equalTo(BACK));
    assertEquals(false, lasts(opened));
  }

  @Test
  void anotherSiteCannotSignSomebodyOut() {
    given()
        .cookie(Sessions.COOKIE, opened.secret())
        .header("Sec-Fetch-Site", "cross-site")
        .formParam("decision", "sign-out")
        .post("/logout")
        .then()
        .statusCode(200)
        .body(containsString("name=\"decision\""));

    assertEquals(true, lasts(opened));
  }

  @TestFactory
  List<DynamicTest> refusesAndSendsNobodyAnywhere() throws Exception {
    JWTClaimsSet claims = SignedJWT.parse(hint).getJWTClaimsSet();
    TestSystem other = TestSystem.application(Map.of());
    String access =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("access_token");
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        refused(
            "an address that is not registered",
            f -> f.put("post_logout_redirect_uri", BACK + "/")));
    tests.add(
        refused("another host", f -> f.put("post_logout_redirect_uri", "https://evil.example/")));
    tests.add(refused("a script", f -> f.put("post_logout_redirect_uri", "javascript:alert(1)")));
    tests.add(refused("an address of nobody", f -> f.remove("id_token_hint")));
    tests.add(refused("another client than the hint's", f -> f.put("client_id", other.clientId())));
    tests.add(
        refused(
            "an unknown client",
            f -> {
              f.remove("id_token_hint");
              f.put("client_id", "nobody");
            }));
    tests.add(
        refused(
            "a hint without a signature",
            f -> f.put("id_token_hint", new PlainJWT(claims).serialize())));
    tests.add(
        refused(
            "a changed hint",
            f -> f.put("id_token_hint", hint.substring(0, hint.length() - 4) + "AAAA")));
    tests.add(
        refused("a hint by the client's own key", f -> f.put("id_token_hint", system.assertion())));
    tests.add(refused("an access token for a hint", f -> f.put("id_token_hint", access)));
    tests.add(refused("no JWT for a hint", f -> f.put("id_token_hint", "x")));
    tests.add(refused("a huge state", f -> f.put("state", "x".repeat(9000))));
    return tests;
  }

  private DynamicTest refused(String what, Consumer<Map<String, String>> alter) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Map<String, String> parameters = new LinkedHashMap<>();
          parameters.put("id_token_hint", hint);
          parameters.put("post_logout_redirect_uri", BACK);
          alter.accept(parameters);
          given()
              .redirects()
              .follow(false)
              .cookie(Sessions.COOKIE, opened.secret())
              .formParams(parameters)
              .post("/logout")
              .then()
              .statusCode(400)
              .contentType(containsString("text/html"))
              .header("Location", nullValue())
              .body(not(containsString("evil")));
          assertEquals(true, lasts(opened));
        });
  }

  @Test
  void aClientsNameThatNoneCanHaveIsRefused() {
    for (String name : List.of("a\u0000", "x".repeat(5000), "\ud83d\ude00")) {
      given().formParam("client_id", name).post("/logout").then().statusCode(400);
    }
  }

  @Test
  void doubledParameterIsRefused() {
    given()
        .redirects()
        .follow(false)
        .cookie(Sessions.COOKIE, opened.secret())
        .get("/logout?client_id=a&client_id=b")
        .then()
        .statusCode(400)
        .contentType(containsString("text/html"));
  }

  @Test
  void withoutASessionItIsOverInEveryLanguage() {
    Map<String, String> said =
        Map.of("vi", "Bạn đã đăng xuất", "lo", "ທ່ານອອກຈາກລະບົບແລ້ວ", "en", "You are signed out");
    said.forEach(
        (language, text) ->
            given()
                .get("/logout?lang=" + language)
                .then()
                .statusCode(200)
                .header("Content-Language", equalTo(language))
                .body(containsString(text)));
  }

  private RequestSpecification asking(Map<String, String> parameters) {
    return given()
        .redirects()
        .follow(false)
        .cookie(Sessions.COOKIE, opened.secret())
        .queryParams(parameters);
  }

  private String hint(Sessions.Opened session) {
    return system
        .ask(
            TestPerson.redeeming(
                system, people.code(people.grant(system, session.session(), TestPerson.SCOPES))))
        .then()
        .statusCode(200)
        .extract()
        .path("id_token");
  }

  private boolean lasts(Sessions.Opened session) {
    return journal.transact(t -> sessions.current(t.connection(), session.secret())).isPresent();
  }
}
