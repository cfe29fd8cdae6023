package org.mekong.gateway.peer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;

/**
 * What is pinned of another nation's gateway, as it is proposed, kept and shown. Old and new
 * certificates and keys stand side by side while they are changed, the old ones until a stated
 * time.
 *
 * @param nation ISO 3166-1 alpha-2
 * @param url base URL, HTTPS
 * @param certificates of the gateway, as server and as client
 * @param keys that sign its requests and answers, and agreements for the nation
 * @param logKeys verifier keys of its logs: this year's and, before its end, the next year's
 */
public record PeerDescription(
    @Nullable String nation,
    @Nullable URI url,
    @Nullable List<Certificate> certificates,
    @Nullable List<SigningKey> keys,
    @Nullable List<String> logKeys) {

  public PeerDescription {
    certificates = certificates == null ? List.of() : List.copyOf(certificates);
    keys = keys == null ? List.of() : List.copyOf(keys);
    logKeys = logKeys == null ? List.of() : List.copyOf(logKeys);
  }

  /**
   * A certificate, by its subject.
   *
   * @param subject such as {@code CN=gateway.la.mekong.example}
   * @param until when it is not good any more; absent where that is not set yet
   */
  @JsonInclude(Include.NON_NULL)
  public record Certificate(@Nullable String subject, @Nullable Instant until) {}

  /**
   * A public key.
   *
   * @param jwk P-256, with a key id
   * @param until when it is not good any more; absent where that is not set yet
   */
  @JsonInclude(Include.NON_NULL)
  public record SigningKey(@Nullable Map<String, Object> jwk, @Nullable Instant until) {}

  /** The subjects that are good at this time. */
  public Set<X500Principal> subjects(Instant now) {
    return present(certificates).stream()
        .filter(each -> good(each.until(), now))
        .map(each -> new X500Principal(String.valueOf(each.subject())))
        .collect(Collectors.toSet());
  }

  /** The keys that are good at this time. */
  public JWKSet keys(Instant now) {
    return set(present(keys).stream().filter(each -> good(each.until(), now)));
  }

  /** The keys, whether their time is over or not. */
  public JWKSet allKeys() {
    return set(present(keys).stream());
  }

  /** The logs whose receipts are taken from it. */
  public Policy logs() {
    return Policy.ofLogs(verifierKeys().toArray(VerifierKey[]::new));
  }

  /** The verifier keys of its logs. */
  public List<VerifierKey> verifierKeys() {
    var parsed = new ArrayList<VerifierKey>();
    for (String key : present(logKeys)) {
      try {
        parsed.add(VerifierKey.parse(key));
      } catch (NoteException e) {
        throw new IllegalStateException("an unchecked log key", e);
      }
    }
    return parsed;
  }

  /** When the next certificate or key stops being good, if any does. */
  public Optional<Instant> nextEnd(Instant now) {
    return Stream.concat(
            present(certificates).stream().map(Certificate::until),
            present(keys).stream().map(SigningKey::until))
        .filter(until -> until != null && until.isAfter(now))
        .min(Instant::compareTo);
  }

  private static boolean good(@Nullable Instant until, Instant now) {
    return until == null || now.isBefore(until);
  }

  static <T> List<T> present(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static JWKSet set(Stream<SigningKey> keys) {
    return new JWKSet(keys.map(PeerDescription::parsed).toList());
  }

  private static JWK parsed(SigningKey key) {
    try {
      return JWK.parse(key.jwk() == null ? Map.of() : key.jwk()).toPublicJWK();
    } catch (ParseException e) {
      throw new IllegalStateException("an unchecked key", e);
    }
  }
}
