package org.mekong.identity.token.grant;

import java.util.Optional;

/**
 * What a grant type decided.
 *
 * @param grant what the access token says
 * @param refreshToken a new refresh token; it is answered once and kept as a digest
 * @param idToken a signed ID token
 * @param exchanged whether it came of a token exchange, whose answer says more (RFC 8693 section
 *     2.2.1)
 */
public record Decision(
    Grant grant, Optional<String> refreshToken, Optional<String> idToken, boolean exchanged) {
  /** An access token alone. */
  public static Decision accessToken(Grant grant) {
    return new Decision(grant, Optional.empty(), Optional.empty(), false);
  }

  @Override
  public String toString() {
    return "Decision[" + grant.client().id() + "]";
  }
}
