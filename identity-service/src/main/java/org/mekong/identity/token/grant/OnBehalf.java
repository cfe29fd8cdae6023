package org.mekong.identity.token.grant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The person on whose behalf a token is issued, as the token names them.
 *
 * @param subject pairwise {@code sub}
 * @param grantId the grant that everything about it is revoked by
 * @param acr how sure it is who it is
 * @param amr how they signed in (RFC 8176)
 * @param authTime when they did
 * @param claims what else the token says of them: roles and office of an officer
 * @param actor the system that acts for them (RFC 8693 section 4.1)
 */
public record OnBehalf(
    String subject,
    UUID grantId,
    String acr,
    List<String> amr,
    Instant authTime,
    Map<String, Object> claims,
    Optional<Map<String, Object>> actor) {
  public OnBehalf {
    amr = List.copyOf(amr);
    claims = Map.copyOf(claims);
  }

  /** Names the grant alone. */
  @Override
  public String toString() {
    return "OnBehalf[" + grantId + "]";
  }
}
