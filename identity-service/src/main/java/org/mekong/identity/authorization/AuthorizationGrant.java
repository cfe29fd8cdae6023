package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a person granted a client, once.
 *
 * @param id names the grant in everything that is issued by it
 * @param clientId to whom
 * @param accountId by whom
 * @param sessionId in which browser session; {@code sid} of the ID token
 * @param scopes granted
 * @param authorizationDetails granted (RFC 9396); may be none
 * @param resources audiences asked for (RFC 8707); none means the client's default
 * @param claims the {@code claims} parameter, a JSON object (OpenID Connect Core section 5.5)
 * @param redirectUri where the code was sent; the token request must name the same
 * @param nonce to be echoed in the ID token
 * @param codeChallenge S256 challenge (RFC 7636) that the token request must meet
 * @param dpopJkt thumbprint of the key that the code is bound to (RFC 9449 section 10)
 * @param acr how sure it is who it was
 * @param amr how they signed in (RFC 8176)
 * @param authTime when they signed in
 * @param expiresAt until when tokens may be issued by it; the code itself ends much earlier
 */
public record AuthorizationGrant(
    UUID id,
    String clientId,
    UUID accountId,
    UUID sessionId,
    Set<String> scopes,
    List<AuthorizationDetail> authorizationDetails,
    List<String> resources,
    Optional<String> claims,
    String redirectUri,
    Optional<String> nonce,
    String codeChallenge,
    Optional<String> dpopJkt,
    String acr,
    List<String> amr,
    Instant authTime,
    Instant expiresAt) {
  public AuthorizationGrant {
    scopes = Set.copyOf(scopes);
    authorizationDetails = List.copyOf(authorizationDetails);
    resources = List.copyOf(resources);
    amr = List.copyOf(amr);
  }

  /** Names the grant alone: the rest belongs in no log. */
  @Override
  public String toString() {
    return "AuthorizationGrant[" + id + "]";
  }
}
