package org.mekong.identity.logout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Account;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.session.Sessions;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.key.JwsKeys;

/** The end of a session ends what was issued in it, and every application is told. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class BackChannelLogoutIT {
  @Inject TestPerson people;
  @Inject SessionEnd sessionEnd;
  @Inject Journal journal;
  @Inject DataSource database;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private HttpServer application;

  @BeforeEach
  void listen() throws Exception {
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.createContext(
        "/",
        exchange -> {
          String notice =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
          told.add(notice); // after the answer: a test may then change what the next one gets
        });
    application.start();
  }

  @AfterEach
  void stop() {
    application.stop(0);
  }

  @Test
  void everyApplicationOfTheSessionIsToldByASignedToken() throws Exception {
    TestSystem system = listening();
    Account officer = people.officer(system.clientId());
    Sessions.Opened opened = people.signIn(officer);
    Response tokens = tokens(system, opened, TestPerson.SCOPES);
    JWTClaimsSet id = SignedJWT.parse((String) tokens.path("id_token")).getJWTClaimsSet();

    assertTrue(end(opened));
    assertFalse(end(opened), "once");

    String form = told.poll(20, TimeUnit.SECONDS);
    assertNotNull(form, "told within seconds");
    String token = URLUtils.parseParameters(form).get("logout_token").getFirst();
    SignedJWT jwt = SignedJWT.parse(token);
    JWKSet keys = JWKSet.parse(given().get("/jwks").asString());
    assertTrue(jwt.verify(JwsKeys.verifier(keys.getKeyByKeyId(jwt.getHeader().getKeyID()))));
    assertEquals("logout+jwt", jwt.getHeader().getType().toString());
    LogoutTokenClaimsSet claims = new LogoutTokenClaimsSet(jwt.getJWTClaimsSet());
    assertEquals(id.getSubject(), claims.getSubject().getValue());
    assertEquals(id.getStringClaim("sid"), claims.getSessionID().getValue());
    assertEquals(system.clientId(), claims.getAudience().getFirst().getValue());
    assertNull(jwt.getJWTClaimsSet().getClaim("nonce"), "Back-Channel Logout section 2.4");
    assertNull(told.poll(1500, TimeUnit.MILLISECONDS), "once");
  }

  @Test
  void whoDoesNotAnswerIsToldAgainLater() throws Exception {
    status = 503;
    TestSystem system = listening();
    Sessions.Opened opened = people.signIn(people.officer(system.clientId()));
    tokens(system, opened, TestPerson.SCOPES);
    end(opened);
    assertNotNull(told.poll(20, TimeUnit.SECONDS));

    status = 200;
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "UPDATE logout_notice SET next_at = now() WHERE client_id = ?")) {
      update.setString(1, system.clientId());
      int left = 0;
      for (int i = 0; i < 50 && left == 0; i++) {
        left = update.executeUpdate();
        Thread.sleep(100);
      }
      assertEquals(1, left, "still to be told");
    }
    assertNotNull(told.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void endOfASessionRevokesItsGrantsButThoseForOfflineAccess() {
    TestSystem system = TestSystem.application(Map.of());
    Account officer = people.officer(system.clientId());
    Sessions.Opened opened = people.signIn(officer);
    String online = tokens(system, opened, TestPerson.SCOPES).path("refresh_token");
    Set<String> scopes = new HashSet<>(TestPerson.SCOPES);
    scopes.add("offline_access");
    String offline = tokens(system, opened, scopes).path("refresh_token");
    String elsewhere =
        tokens(system, people.signIn(officer), TestPerson.SCOPES).path("refresh_token");

    end(opened);

    refreshing(system, online).then().statusCode(400).body("error", equalTo("invalid_grant"));
    refreshing(system, offline).then().statusCode(200);
    refreshing(system, elsewhere).then().statusCode(200);
  }

  private boolean end(Sessions.Opened opened) {
    return journal.transact(transaction -> sessionEnd.end(transaction, opened.session(), "test"));
  }

  private Response tokens(TestSystem system, Sessions.Opened opened, Set<String> scopes) {
    Response answer =
        system.ask(
            TestPerson.redeeming(
                system, people.code(people.grant(system, opened.session(), scopes))));
    answer.then().statusCode(200);
    return answer;
  }

  private static Response refreshing(TestSystem system, String token) {
    Map<String, String> form = system.form("refresh_token");
    form.put("refresh_token", token);
    return system.ask(form);
  }

  /** An application that is told over plain http, which a registration refuses. */
  private TestSystem listening() throws Exception {
    TestSystem system =
        TestSystem.application(Map.of("backchannelLogoutUri", "https://desk.example/logout"));
    URI address = URI.create("http://localhost:" + application.getAddress().getPort() + "/logout");
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "UPDATE client SET backchannel_logout_uri = ? WHERE id = ?")) {
      update.setString(1, address.toString());
      update.setString(2, system.clientId());
      assertEquals(1, update.executeUpdate());
    }
    assertEquals(List.of(), List.copyOf(told));
    return system;
  }
}
