package org.mekong.registry.statement.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRingTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Period ROTATION = Period.ofDays(90);
  private static final Period PUBLICATION = Period.ofYears(10);
  private static final Duration ANNOUNCEMENT = Duration.ofMinutes(10);

  private final StatementKey first = key("2026-01-01T00:00:00Z", null);
  private final StatementKey second = key("2026-04-01T00:00:00Z", null);

  @Test
  void aWithdrawnKeyIsNeitherUsedNorPublished() {
    StatementKey withdrawn = key("2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z");
    KeyRing ring = new KeyRing(List.of(first, withdrawn));
    Instant now = Instant.parse("2026-04-03T00:00:00Z");

    assertEquals(Optional.of(first), ring.signing(now));
    assertEquals(List.of(first), ring.published(now, PUBLICATION));
    assertEquals(List.of(withdrawn), ring.spent(now, ANNOUNCEMENT));
    assertEquals(KeyRing.State.WITHDRAWN, ring.state(withdrawn, now, PUBLICATION));
  }

  @Test
  void anAnnouncedKeyIsPublishedBeforeItSigns() {
    KeyRing ring = new KeyRing(List.of(second, first));
    Instant before = second.signsFrom().minusMillis(1);

    assertEquals(Optional.of(first), ring.signing(before));
    assertEquals(List.of(second, first), ring.published(before, PUBLICATION));
    assertEquals(KeyRing.State.ANNOUNCED, ring.state(second, before, PUBLICATION));
    assertEquals(Optional.of(second), ring.signing(second.signsFrom()));
  }

  @Test
  void aSupersededKeyStaysPublishedForAsLongAsStatementsAreKept() {
    KeyRing ring = new KeyRing(List.of(first, second));
    Instant last = Instant.parse("2036-03-31T23:59:59Z");

    assertEquals(KeyRing.State.SUPERSEDED, ring.state(first, last, PUBLICATION));
    assertEquals(KeyRing.State.EXPIRED, ring.state(first, last.plusSeconds(1), PUBLICATION));
    assertEquals(List.of(second), ring.published(last.plusSeconds(1), PUBLICATION));
  }

  @Test
  void theNextKeyIsAnnouncedOnceAndInTime() {
    KeyRing ring = new KeyRing(List.of(first));
    Instant due = Instant.parse("2026-04-01T00:00:00Z");

    assertEquals(
        Optional.empty(),
        ring.next(due.minus(ANNOUNCEMENT).minusSeconds(1), ROTATION, ANNOUNCEMENT));
    assertEquals(Optional.of(due), ring.next(due.minus(ANNOUNCEMENT), ROTATION, ANNOUNCEMENT));
    assertEquals(
        Optional.of(due.plusSeconds(3_600)),
        ring.next(due.plusSeconds(3_600).minus(ANNOUNCEMENT), ROTATION, ANNOUNCEMENT));
    assertEquals(
        Optional.empty(),
        new KeyRing(List.of(first, second)).next(due.minusSeconds(1), ROTATION, ANNOUNCEMENT));
    assertEquals(Optional.of(START), new KeyRing(List.of()).next(START, ROTATION, ANNOUNCEMENT));
  }

  @Test
  void theSecretOfASupersededKeyEndsOnceNoReplicaCanBeUsingIt() {
    KeyRing ring = new KeyRing(List.of(first, second));

    assertEquals(List.of(), ring.spent(second.signsFrom().plus(ANNOUNCEMENT), ANNOUNCEMENT));
    assertEquals(
        List.of(first),
        ring.spent(second.signsFrom().plus(ANNOUNCEMENT).plusMillis(1), ANNOUNCEMENT));
  }

  private static StatementKey key(String signsFrom, @Nullable String withdrawnAt) {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
      return new StatementKey(
          key.toPublicJWK(),
          Optional.of(key),
          START,
          Instant.parse(signsFrom),
          withdrawnAt == null ? null : Instant.parse(withdrawnAt));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
