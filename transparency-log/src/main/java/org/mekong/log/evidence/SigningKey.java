package org.mekong.log.evidence;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key of a gateway: a JWK (RFC 7517) of P-256 for ES256, or of Ed25519 for EdDSA.
 *
 * @param id its {@code kid}
 * @param algorithm the only {@code alg} that it verifies
 */
record SigningKey(String id, String algorithm, PublicKey key) {
  private static final int COORDINATE = 32;
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Reads a key; empty when it is of a kind that gateways do not sign with. */
  static Optional<SigningKey> of(Members jwk) throws EvidenceException {
    String curve = jwk.optionalText("crv").orElse("");
    try {
      return switch (jwk.text("kty") + " " + curve) {
        case "EC P-256" ->
            Optional.of(
                new SigningKey(jwk.text("kid"), "ES256", p256(bytes(jwk, "x"), bytes(jwk, "y"))));
        case "OKP Ed25519" ->
            Optional.of(new SigningKey(jwk.text("kid"), "EdDSA", ed25519(bytes(jwk, "x"))));
        default -> Optional.empty();
      };
    } catch (GeneralSecurityException e) {
      throw jwk.wrong("a key is not on its curve");
    }
  }

  private static byte[] bytes(Members jwk, String coordinate) throws EvidenceException {
    byte[] bytes = SignedStatement.decode(jwk.part(), jwk.text(coordinate));
    if (bytes.length != COORDINATE) {
      throw jwk.wrong("a key's " + coordinate + " is not 32 bytes in base64url");
    }
    return bytes;
  }

  private static PublicKey p256(byte[] x, byte[] y) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException {
    byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + x.length);
    System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  /** Whether this key made a signature, in the form of RFC 7518 or RFC 8037. */
  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier =
          Signature.getInstance(
              algorithm.equals("ES256") ? "SHA256withECDSAinP1363Format" : "Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a signature of another form
    }
  }

  boolean isSame(SigningKey other) {
    return id.equals(other.id)
        && algorithm.equals(other.algorithm)
        && Arrays.equals(key.getEncoded(), other.key.getEncoded());
  }
}
