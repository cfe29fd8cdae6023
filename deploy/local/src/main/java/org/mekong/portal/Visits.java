package org.mekong.portal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in here, and who is on the way, each known by a secret in a cookie of the browser.
 * In memory: a restart signs everybody out of this application. Thread-safe.
 */
final class Visits {
  private static final Duration ON_THE_WAY = Duration.ofMinutes(30);
  private static final Duration SIGNED_IN = Duration.ofHours(8);
  private static final int MOST = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;
  private final Map<String, Kept<SignIn.Sent>> sent = new LinkedHashMap<>();
  private final Map<String, Kept<SignedIn>> signedIn = new LinkedHashMap<>();

  private record Kept<T>(T value, Instant until) {}

  Visits(Clock clock) {
    this.clock = clock;
  }

  /** A secret for a cookie: 256 random bits. */
  static String newSecret() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Keeps what was sent off; the secret of the browser that it was sent from. */
  synchronized String sentOff(SignIn.Sent what) {
    return keep(sent, what, ON_THE_WAY);
  }

  /** What was sent off from a browser; it can be taken once. */
  synchronized Optional<SignIn.Sent> takeSent(@Nullable String secret) {
    Kept<SignIn.Sent> kept = secret == null ? null : sent.remove(secret);
    return current(kept);
  }

  /** Keeps who signed in; the secret of their browser from now on. */
  synchronized String signedIn(SignedIn who) {
    return keep(signedIn, who, SIGNED_IN);
  }

  /** Who is signed in by a browser. */
  synchronized Optional<SignedIn> of(@Nullable String secret) {
    return current(secret == null ? null : signedIn.get(secret));
  }

  /** Signs a browser out; who it was. */
  synchronized Optional<SignedIn> end(@Nullable String secret) {
    Kept<SignedIn> kept = secret == null ? null : signedIn.remove(secret);
    return current(kept);
  }

  /** Signs out whoever came by a session at the identity-service that is over. */
  synchronized void endSession(String session) {
    signedIn.values().removeIf(kept -> kept.value().session().equals(session));
  }

  /** Signs a person out everywhere. */
  synchronized void endSubject(String subject) {
    signedIn.values().removeIf(kept -> kept.value().subject().equals(subject));
  }

  private <T> Optional<T> current(@Nullable Kept<T> kept) {
    return kept != null && clock.instant().isBefore(kept.until())
        ? Optional.of(kept.value())
        : Optional.empty();
  }

  /** What is over goes; where there is too much, the oldest goes too. */
  private <T> String keep(Map<String, Kept<T>> map, T value, Duration lifetime) {
    Instant now = clock.instant();
    map.values().removeIf(kept -> !now.isBefore(kept.until()));
    if (map.size() >= MOST) {
      map.remove(map.keySet().iterator().next());
    }
    String secret = newSecret();
    map.put(secret, new Kept<>(value, now.plus(lifetime)));
    return secret;
  }
}
