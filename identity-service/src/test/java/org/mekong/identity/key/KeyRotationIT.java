package org.mekong.identity.key;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** A key is followed by another without anybody meeting a signature that they cannot verify. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class KeyRotationIT {
  private static final JWSAlgorithm EDDSA = JWSAlgorithm.EdDSA;

  @Inject Journal journal;
  @Inject KeyConfig config;

  private final MovingClock clock = new MovingClock();
  private SigningKeys one;
  private SigningKeys other;

  @BeforeEach
  void start() {
    one = replica();
    other = replica();
    one.signing(EDDSA);
    other.reload();
  }

  @Test
  void newKeyIsPublishedBeforeItSignsAndTheOldOneAfter() {
    String before = kid(one);
    KeyRotation.Rotated rotated = rotate(one, false);
    one.reload();
    other.reload(); // what a replica does every few seconds

    for (SigningKeys replica : List.of(one, other)) {
      assertEquals(before, kid(replica));
      assertNotNull(replica.published().getKeyByKeyId(rotated.kid()));
    }
    clock.pass(config.publishAhead());
    for (SigningKeys replica : List.of(one, other)) {
      assertEquals(rotated.kid(), kid(replica), "both at the same moment, without a word");
      assertNotNull(replica.published().getKeyByKeyId(before));
    }
    clock.pass(config.overlap());
    for (SigningKeys replica : List.of(one, other)) {
      assertNull(replica.published().getKeyByKeyId(before));
      assertNotNull(replica.published().getKeyByKeyId(rotated.kid()));
    }
  }

  @Test
  void withdrawnKeyVerifiesNothingMore() {
    String before = kid(one);
    KeyRotation.Rotated rotated = rotate(one, true);
    other.reload();

    assertEquals(rotated.kid(), kid(other));
    assertNull(other.published().getKeyByKeyId(before));
  }

  @Test
  void keyWhoseTimeIsOverIsFollowedByOneOfSeveralReplicas() {
    clock.pass(config.rotateAfter().plus(config.publishAhead()));

    int rotated = rotation(one).rotateWhatIsDue().size() + rotation(other).rotateWhatIsDue().size();

    assertEquals(
        one.all().stream().map(SigningKey::algorithm).distinct().count(), rotated, "each once");
    assertEquals(List.of(), rotation(one).rotateWhatIsDue());
  }

  @Test
  void scheduleOfZeroRotatesNothing() {
    TestKeyConfig never =
        new TestKeyConfig(config.encryptionKeyFile()).rotatingAfter(Duration.ZERO);
    clock.pass(Duration.ofDays(1000));

    assertEquals(List.of(), new KeyRotation(one, journal, never, clock).rotateWhatIsDue());
  }

  @Test
  void administratorRotatesOnDemandAndTheKeysAreServedAtOnce() throws Exception {
    TestSystem administrator = TestSystem.administrator();
    String path = "/admin/v1/signing-keys/rotations";
    String first =
        administrator
            .post(path, Map.of("algorithm", "PS256"))
            .then()
            .statusCode(201)
            .body("algorithm", equalTo("PS256"))
            .extract()
            .path("kid");
    given().get("/jwks").then().body("keys.kid", hasItem(first));

    Response second = administrator.post(path, Map.of("algorithm", "PS256", "withdraw", true));

    String kid = second.then().statusCode(201).extract().path("kid");
    given()
        .get("/jwks")
        .then()
        .body("keys.kid", hasItem(kid))
        .body("keys.kid", not(hasItem(first)));
    administrator
        .get("/admin/v1/signing-keys")
        .then()
        .statusCode(200)
        .body("items.kid", hasItem(kid));
    assertFalse(given().get("/jwks").asString().contains("\"d\""));
    assertTrue(given().get("/jwks").asString().contains("\"alg\":\"PS256\""));
  }

  @Test
  void whatIsNotAskedWellIsRefused() {
    TestSystem administrator = TestSystem.administrator();
    String path = "/admin/v1/signing-keys/rotations";
    for (Object body :
        List.of(Map.of(), Map.of("algorithm", "RS256"), Map.of("algorithm", "none"))) {
      administrator.post(path, body).then().statusCode(422);
    }
    administrator.post(path, "{\"algorithm\":7}").then().statusCode(400);
    given().contentType("application/json").body("{}").post(path).then().statusCode(401);
  }

  @Test
  void nodeSecretIsTheSameInEveryReplicaAndAnotherForEachUse() {
    NodeSecrets first = new NodeSecrets(new KeyHolder(config), journal, clock);
    NodeSecrets second = new NodeSecrets(new KeyHolder(config), journal, clock);

    assertEquals(first.secret("pairwise"), second.secret("pairwise"));
    assertNotEquals(first.secret("pairwise"), first.secret("dpop-nonce"));
  }

  private SigningKeys replica() {
    return new SigningKeys(new KeyHolder(config), journal, config, clock);
  }

  private KeyRotation rotation(SigningKeys replica) {
    return new KeyRotation(replica, journal, config, clock);
  }

  private KeyRotation.Rotated rotate(SigningKeys replica, boolean withdraw) {
    return journal.transact(
        transaction -> rotation(replica).rotate(transaction, EDDSA, withdraw, entry -> entry));
  }

  private static String kid(SigningKeys replica) {
    return replica.signing(EDDSA).publicKey().getKeyID();
  }

  private static final class MovingClock extends Clock {
    private Duration ahead = Duration.ZERO;

    void pass(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
