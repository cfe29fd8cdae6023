package org.mekong.resourceserver.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPUtils;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * A proof whose form, key and claims were found good, and what is left to decide on it: signature,
 * times, and for a protected resource the key and hash of the token. Done here rather than by the
 * library's verifiers of proofs, which refuse Ed25519 and read the proof a second time; the
 * signature is the library's.
 *
 * @param thumbprint of its key
 */
record SignedProof(SignedJWT jwt, JWTClaimsSet claims, String thumbprint) {

  void verify(Instant now) throws InvalidDPoPProofException, JOSEException {
    if (!jwt.verify(JwsKeys.verifier(jwt.getHeader().getJWK()))) {
      throw new InvalidDPoPProofException(
          "the signature does not fit", new BadJWSException("the signature does not fit"));
    }
    if (past(claims.getExpirationTime(), now) || ahead(claims.getNotBeforeTime(), now)) {
      throw new InvalidDPoPProofException("outside of its validity");
    }
  }

  void verify(BoundToken token, Instant now)
      throws InvalidDPoPProofException, AccessTokenValidationException, JOSEException {
    verify(now);
    String hash = DPoPUtils.computeSHA256(new DPoPAccessToken(token.value())).toString();
    if (!hash.equals(claims.getClaim("ath")) || !token.thumbprint().equals(thumbprint)) {
      throw new AccessTokenValidationException("another token or another key");
    }
  }

  /** The nonce of the proof; null where it has none. */
  @Nullable String nonce() {
    return (String) claims.getClaim("nonce");
  }

  private static boolean past(@Nullable Date time, Instant now) {
    return time != null && !now.isBefore(time.toInstant());
  }

  private static boolean ahead(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(DpopProofVerifier.AHEAD));
  }
}
