package org.mekong.resourceserver.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DPoPUtils;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.util.URIUtils;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * A client with a DPoP key of its own. {@link #proof(String, URI, String)} makes a proof as RFC
 * 9449 wants it; the variants break one thing each.
 */
public final class DpopClient {
  private final JWK key;
  private final JWSAlgorithm algorithm;
  private final Clock clock;

  /** A client with a new P-256 key and the system's clock. */
  public DpopClient() {
    this(newKey(), JWSAlgorithm.ES256, Clock.systemUTC());
  }

  public DpopClient(JWK key, JWSAlgorithm algorithm, Clock clock) {
    this.key = key;
    this.algorithm = algorithm;
    this.clock = clock;
  }

  /** A new P-256 key pair. */
  public static JWK newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A new Ed25519 key pair, made by the Java platform. */
  public static OctetKeyPair newEd25519() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new OctetKeyPair.Builder(Curve.Ed25519, last32(pair.getPublic().getEncoded()))
          .d(last32(pair.getPrivate().getEncoded()))
          .keyID(UUID.randomUUID().toString())
          .build();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Base64URL last32(byte[] encoded) {
    return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  /** The client's key pair. */
  public JWK key() {
    return key;
  }

  /** The thumbprint that a token bound to this client carries as {@code cnf.jkt}. */
  public String thumbprint() {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A proof for a token request. */
  public String proof(String method, URI uri) {
    return proof(method, uri, "", UnaryOperator.identity());
  }

  /** A proof for a request to a protected resource with an access token. */
  public String proof(String method, URI uri, String accessToken) {
    return proof(method, uri, accessToken, UnaryOperator.identity());
  }

  /**
   * A proof whose claims are altered before it is signed.
   *
   * @param accessToken empty for none
   */
  public String proof(
      String method, URI uri, String accessToken, UnaryOperator<JWTClaimsSet.Builder> alter) {
    return sign(header(), claims(method, uri, accessToken, alter));
  }

  /** The header of a good proof: type, algorithm, public key. */
  public JWSHeader header() {
    return new JWSHeader.Builder(algorithm)
        .type(DPoPProofFactory.TYPE)
        .jwk(key.toPublicJWK())
        .build();
  }

  /** The claims of a good proof, altered. */
  public JWTClaimsSet claims(
      String method, URI uri, String accessToken, UnaryOperator<JWTClaimsSet.Builder> alter) {
    try {
      JWTClaimsSet claims =
          DPoPUtils.createJWTClaimsSet(
              new JWTID(),
              method,
              URIUtils.getBaseURI(uri),
              Date.from(clock.instant()),
              accessToken.isEmpty() ? null : new DPoPAccessToken(accessToken));
      return alter.apply(new JWTClaimsSet.Builder(claims)).build();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Any header and claims, signed by this client's key. */
  public String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(
          key instanceof OctetKeyPair
              ? JwsKeys.signer(key)
              : new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm()));
      return jwt.serialize();
    } catch (JOSEException unfit) {
      throw new IllegalArgumentException(unfit);
    }
  }
}
