package org.mekong.resourceserver.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mekong.resourceserver.dpop.BoundToken;

/**
 * What a verified access token (RFC 9068) says.
 *
 * @param token the token as sent: for the proof's {@code ath} only, never for a log
 * @param subject {@code sub}
 * @param clientId {@code client_id}
 * @param scopes {@code scope}, split
 * @param authorizationDetails {@code authorization_details} (RFC 9396), empty when absent
 * @param thumbprint {@code cnf.jkt}, empty when the token is bound to no key
 * @param certificateThumbprint {@code cnf.x5t#S256}, empty when the token is bound to no
 *     certificate
 * @param expiresAt {@code exp}
 * @param claims every claim, for those a service defines itself
 */
public record VerifiedAccess(
    String token,
    String subject,
    String clientId,
    Set<String> scopes,
    List<Map<String, Object>> authorizationDetails,
    String thumbprint,
    String certificateThumbprint,
    Instant expiresAt,
    Map<String, Object> claims) {

  public VerifiedAccess {
    scopes = Set.copyOf(scopes);
    authorizationDetails = List.copyOf(authorizationDetails);
  }

  /** A claim of type string, for example {@code agency}. */
  public Optional<String> text(String claim) {
    return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** What a proof is checked against. */
  public BoundToken bound() {
    return new BoundToken(token, thumbprint, clientId);
  }

  /** Names subject and client alone: neither the token nor what it grants reaches a log. */
  @Override
  public String toString() {
    return "VerifiedAccess[" + clientId + "]";
  }
}
