package org.mekong.portal;

import com.nimbusds.jwt.JWT;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Somebody who signed in.
 *
 * @param idToken as it came; shown again to sign out
 * @param session {@code sid}: the browser session at the identity-service, as this application
 *     knows it
 * @param subject who it is, as this application's agency knows them
 * @param acr how sure it is
 * @param amr how they signed in (RFC 8176)
 * @param authTime when
 * @param idClaims all claims of the ID token
 * @param userClaims all claims of userinfo
 */
record SignedIn(
    JWT idToken,
    String session,
    String subject,
    String acr,
    List<String> amr,
    Instant authTime,
    Map<String, Object> idClaims,
    Map<String, Object> userClaims) {
  SignedIn {
    amr = List.copyOf(amr);
    idClaims = new TreeMap<>(idClaims);
    userClaims = new TreeMap<>(userClaims);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "SignedIn";
  }
}
