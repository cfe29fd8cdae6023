package org.mekong.resourceserver.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 signatures (RFC 8037) for Nimbus by the Java platform's own providers, so that no further
 * library is needed. Thread-safe.
 */
final class Ed25519 extends EdDSAProvider implements JWSSigner, JWSVerifier {
  private static final int KEY_BYTES = 32;
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PublicKey publicKey;
  private final @Nullable PrivateKey privateKey;

  Ed25519(OctetKeyPair pair) throws JOSEException {
    if (!Curve.Ed25519.equals(pair.getCurve())) {
      throw new JOSEException("not a key of Ed25519");
    }
    try {
      KeyFactory keys = KeyFactory.getInstance("Ed25519");
      this.publicKey =
          keys.generatePublic(new X509EncodedKeySpec(encoded(PUBLIC_PREFIX, pair.getDecodedX())));
      this.privateKey =
          pair.isPrivate()
              ? keys.generatePrivate(
                  new PKCS8EncodedKeySpec(encoded(PRIVATE_PREFIX, pair.getDecodedD())))
              : null;
    } catch (GeneralSecurityException unfit) {
      throw new JOSEException("not a key of Ed25519", unfit);
    }
  }

  private static byte[] encoded(byte[] prefix, byte[] key) throws JOSEException {
    if (key.length != KEY_BYTES) {
      throw new JOSEException("a key of Ed25519 has 32 bytes");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(prefix);
    bytes.writeBytes(key);
    return bytes.toByteArray();
  }

  @Override
  public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
    if (privateKey == null || !JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
      throw new JOSEException("a private key and EdDSA are needed");
    }
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(signingInput);
      return Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException failed) {
      throw new JOSEException("cannot be signed", failed);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signedContent, Base64URL signature)
      throws JOSEException {
    if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm()) || header.getCriticalParams() != null) {
      return false;
    }
    try {
      Signature verification = Signature.getInstance("Ed25519");
      verification.initVerify(publicKey);
      verification.update(signedContent);
      return verification.verify(signature.decode());
    } catch (java.security.SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException failed) {
      throw new JOSEException("cannot be verified", failed);
    }
  }
}
