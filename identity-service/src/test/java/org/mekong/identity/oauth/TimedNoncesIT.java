package org.mekong.identity.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.key.NodeSecrets;
import org.mekong.identity.testing.TestNode;

/** RFC 9449 section 8: nonces that are good for a time, as often as a proof comes with them. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class TimedNoncesIT {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  @Inject NodeSecrets secrets;
  @Inject Journal journal;

  @Test
  void aNonceIsGoodAsOftenAsWantedUntilItsTimeIsOver() {
    String nonce = at(NOW, DpopConfig.Nonces.TIMED).next().orElseThrow();

    for (int i = 0; i < 3; i++) {
      assertTrue(taken(NOW, nonce));
    }
    assertTrue(taken(NOW.plus(LIFE.multipliedBy(2)).minusSeconds(1), nonce));
    assertFalse(taken(NOW.plus(LIFE.multipliedBy(2)), nonce));
    assertFalse(taken(NOW.plus(Duration.ofDays(1)), nonce));
  }

  @Test
  void everyNonceIsAnother() {
    DpopNonces nonces = at(NOW, DpopConfig.Nonces.TIMED);

    assertNotEquals(nonces.next(), nonces.next());
  }

  @Test
  void whatIsMissingForgedOrProlongedIsNone() {
    String nonce = at(NOW, DpopConfig.Nonces.TIMED).next().orElseThrow();
    byte[] bytes = Base64.getUrlDecoder().decode(nonce);
    bytes[7]++; // a second longer

    assertFalse(taken(NOW, null));
    for (String other :
        new String[] {
          "x",
          "!",
          "A".repeat(43),
          nonce.substring(1),
          nonce + "A",
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        }) {
      assertFalse(taken(NOW, other), other);
    }
  }

  @Test
  void withoutNoncesNoneIsGivenAndAnyIsTaken() {
    assertEquals(java.util.Optional.empty(), at(NOW, DpopConfig.Nonces.OFF).next());
  }

  private boolean taken(Instant moment, @org.jspecify.annotations.Nullable String nonce) {
    return journal.transact(
        transaction -> at(moment, DpopConfig.Nonces.TIMED).verifier(transaction).accepts(nonce));
  }

  private DpopNonces at(Instant moment, DpopConfig.Nonces mode) {
    return new DpopNonces(
        new DpopConfig() {
          @Override
          public Nonces nonce() {
            return mode;
          }

          @Override
          public Duration nonceLife() {
            return LIFE;
          }
        },
        secrets,
        Clock.fixed(moment, ZoneOffset.UTC));
  }
}
