package org.mekong.resourceserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPUtils;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What is left to decide on a proof by Ed25519, which the library beneath refuses: signature,
 * times, and for a protected resource the key and hash of the token.
 */
final class EdDsaProof {
  private EdDsaProof() {}

  static void verify(SignedJWT proof, Instant now) throws InvalidDPoPProofException, JOSEException {
    if (!proof.verify(JwsKeys.verifier(proof.getHeader().getJWK()))) {
      throw new InvalidDPoPProofException(
          "the signature does not fit", new BadJWSException("the signature does not fit"));
    }
    try {
      JWTClaimsSet claims = proof.getJWTClaimsSet();
      if (past(claims.getExpirationTime(), now) || ahead(claims.getNotBeforeTime(), now)) {
        throw new InvalidDPoPProofException("outside of its validity");
      }
    } catch (ParseException malformed) {
      throw new InvalidDPoPProofException("no claims", malformed);
    }
  }

  static void verify(SignedJWT proof, BoundToken token, Instant now)
      throws InvalidDPoPProofException, AccessTokenValidationException, JOSEException {
    verify(proof, now);
    String hash = DPoPUtils.computeSHA256(new DPoPAccessToken(token.value())).toString();
    try {
      if (proof.getJWTClaimsSet().getClaim("nonce") != null) {
        throw new InvalidDPoPProofException("a nonce that nobody gave");
      }
      if (!hash.equals(proof.getJWTClaimsSet().getStringClaim("ath"))
          || !token
              .thumbprint()
              .equals(proof.getHeader().getJWK().computeThumbprint().toString())) {
        throw new AccessTokenValidationException("another token or another key");
      }
    } catch (ParseException malformed) {
      throw new InvalidDPoPProofException("no claims", malformed);
    }
  }

  private static boolean past(@Nullable Date time, Instant now) {
    return time != null && !now.isBefore(time.toInstant());
  }

  private static boolean ahead(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(DpopProofVerifier.AHEAD));
  }
}
