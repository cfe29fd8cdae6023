package org.mekong.identity.client;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** A client that is remembered is never believed against what the database says now. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class RememberedClientsIT {
  @Inject DataSource database;

  private TestSystem system;

  @BeforeEach
  void rememberAClient() {
    system = TestSystem.registered();
    system.ask(system.form()).then().statusCode(200);
    system.ask(system.form()).then().statusCode(200);
  }

  @Test
  void suspensionHoldsAtOnce() throws Exception {
    change("UPDATE client SET status = 'suspended' WHERE id = ?");

    system.ask(system.form()).then().statusCode(401).body("error", equalTo("invalid_client"));
  }

  @Test
  void suspensionOfItsAgencyHoldsAtOnce() throws Exception {
    change("UPDATE agency SET status = 'suspended' WHERE id = ?");

    system.ask(system.form()).then().statusCode(401).body("error", equalTo("invalid_client"));
  }

  @Test
  void aTokenSaysWhatTheAgencyIsNow() throws Exception {
    change("UPDATE agency SET agency_class = 'court' WHERE id = ?");

    String token = system.ask(system.form()).then().statusCode(200).extract().path("access_token");

    assertEquals(
        "court",
        com.nimbusds.jwt.SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("agency_class"));
  }

  @Test
  void anotherKeyHoldsAtOnceAndTheOldOneNoMore() throws Exception {
    JWK other = DpopClient.newKey();
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE client SET jwks = ?::jsonb WHERE id = ?")) {
      update.setString(1, new JWKSet(other.toPublicJWK()).toString());
      update.setString(2, system.clientId());
      update.executeUpdate();
    }

    system.ask(system.form()).then().statusCode(401).body("error", equalTo("invalid_client"));
    TestSystem renewed = new TestSystem(system.clientId(), other);
    renewed.ask(renewed.form()).then().statusCode(200);
    renewed.ask(renewed.form()).then().statusCode(200);
  }

  @Test
  void replayedAssertionIsRefusedAndJournalledAsThat() throws Exception {
    Map<String, String> form = system.form();
    system.ask(form).then().statusCode(200);
    long before = entries();

    system.ask(form).then().statusCode(401).body("error", equalTo("invalid_client"));

    assertEquals(before + 1, entries());
  }

  /** The assertion is new, so it is used up; the refusal is of the proof. */
  @Test
  void replayedProofIsRefusedAsThatAndUsesUpItsAssertion() throws Exception {
    String proof = system.dpop().proof("POST", TestSystem.TOKEN);
    ask(system.form(), proof).then().statusCode(200);
    Map<String, String> form = system.form();
    long before = entries();

    ask(form, proof).then().statusCode(400).body("error", equalTo("invalid_dpop_proof"));

    assertEquals(before + 1, entries());
    system.ask(form).then().statusCode(401).body("error", equalTo("invalid_client"));
  }

  @Test
  void ofSimultaneousReplaysOneIsAnswered() throws Exception {
    String jti = UUID.randomUUID().toString();
    Map<String, String> form = system.form();
    form.put("client_assertion", system.assertion(claims -> claims.jwtID(jti)));
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      callers.submit(
                          () -> {
                            together.await();
                            return system.ask(form).statusCode();
                          }))
              .toList();
      together.countDown();
      int issued = 0;
      for (Future<Integer> answer : answers) {
        issued += answer.get() == 200 ? 1 : 0;
      }

      assertEquals(1, issued);
    }
  }

  private Response ask(Map<String, String> form, String proof) {
    return io.restassured.RestAssured.given().formParams(form).header("DPoP", proof).post("/token");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, system.clientId());
      assertEquals(1, update.executeUpdate());
    }
  }

  private long entries() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement count =
            connection.prepareStatement(
                "SELECT (SELECT count(*) FROM log_entry WHERE position(?::bytea IN entry) > 0)"
                    + " + (SELECT count(*) FROM log_pending_entry WHERE position(?::bytea IN entry)"
                    + " > 0)")) {
      byte[] name = system.clientId().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      count.setBytes(1, name);
      count.setBytes(2, name);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
