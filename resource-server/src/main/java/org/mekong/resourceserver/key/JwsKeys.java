package org.mekong.resourceserver.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signatures that FAPI 2.0 Security Profile section 5.4.1 allows and the keys that go with
 * them: ES256 by P-256, PS256 by RSA of 2048 to 4096 bits, EdDSA by Ed25519. An algorithm never
 * meets a key of another kind, so that no key can be taken for another.
 */
public final class JwsKeys {
  /** The algorithms, in the order of preference. */
  public static final Set<JWSAlgorithm> ALGORITHMS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.EdDSA)));

  private static final int MOST = 2_000;

  /** What was made of public keys already: the same clients come again and again. */
  private static final Map<JWK, Known> KNOWN = new ConcurrentHashMap<>();

  private record Known(JWSVerifier verifier, String thumbprint) {}

  private JwsKeys() {}

  /** A key of the algorithm's kind, and no key whose verification costs more than it should. */
  public static boolean fits(JWSAlgorithm algorithm, JWK key) {
    boolean declared = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
    return declared
        && switch (key) {
          case ECKey ec ->
              JWSAlgorithm.ES256.equals(algorithm) && Curve.P_256.equals(ec.getCurve());
          case RSAKey rsa ->
              JWSAlgorithm.PS256.equals(algorithm)
                  && rsa.size() >= 2048
                  && rsa.size() <= 4096
                  && rsa.getPublicExponent().decodeToBigInteger().bitLength() <= 33;
          case OctetKeyPair pair ->
              JWSAlgorithm.EdDSA.equals(algorithm) && Curve.Ed25519.equals(pair.getCurve());
          default -> false;
        };
  }

  /** The algorithm of a key's kind; the key must fit one. */
  public static JWSAlgorithm algorithm(JWK key) throws JOSEException {
    for (JWSAlgorithm algorithm : ALGORITHMS) {
      if (fits(algorithm, key)) {
        return algorithm;
      }
    }
    throw new JOSEException("a key of a kind that is not used here");
  }

  /** What verifies signatures by a public key; thread-safe. */
  public static JWSVerifier verifier(JWK key) throws JOSEException {
    return known(key).verifier();
  }

  /** The SHA-256 thumbprint of a public key (RFC 7638). */
  public static String thumbprint(JWK key) throws JOSEException {
    return known(key).thumbprint();
  }

  private static Known known(JWK key) throws JOSEException {
    Known known = KNOWN.get(key);
    if (known == null) {
      known = new Known(make(key), key.computeThumbprint().toString());
      if (KNOWN.size() >= MOST) {
        KNOWN.clear();
      }
      KNOWN.put(key.toPublicJWK(), known);
    }
    return known;
  }

  private static JWSVerifier make(JWK key) throws JOSEException {
    return switch (key) {
      case ECKey ec -> new ECDSAVerifier(ec);
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case OctetKeyPair pair -> new Ed25519(pair);
      default -> throw new JOSEException("a key of a kind that is not used here");
    };
  }

  /** What signs by a private key. */
  public static JWSSigner signer(JWK key) throws JOSEException {
    return switch (key) {
      case ECKey ec -> new ECDSASigner(ec);
      case RSAKey rsa -> new RSASSASigner(rsa);
      case OctetKeyPair pair -> new Ed25519(pair);
      default -> throw new JOSEException("a key of a kind that is not used here");
    };
  }
}
