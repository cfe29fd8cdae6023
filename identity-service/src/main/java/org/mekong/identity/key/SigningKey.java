package org.mekong.identity.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of this issuer, able to sign.
 *
 * @param publicKey the half that is published, with its {@code kid}
 * @param algorithm the one algorithm that it signs with
 * @param signer the other half, in memory or in a hardware security module
 * @param activeFrom from when it signs
 * @param publishedUntil until when it verifies; null while nothing follows it
 */
public record SigningKey(
    JWK publicKey,
    JWSAlgorithm algorithm,
    JWSSigner signer,
    Instant activeFrom,
    @Nullable Instant publishedUntil) {

  /** Signs claims as a JWT of a type. */
  public SignedJWT sign(JOSEObjectType type, JWTClaimsSet claims) {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).type(type).keyID(publicKey.getKeyID()).build(),
            claims);
    try {
      jwt.sign(signer);
      return jwt;
    } catch (JOSEException failed) {
      throw new IllegalStateException("the signing key does not sign", failed);
    }
  }

  boolean publishedAt(Instant moment) {
    return publishedUntil == null || moment.isBefore(publishedUntil);
  }

  @Override
  public String toString() {
    return "SigningKey[" + publicKey.getKeyID() + "]";
  }
}
