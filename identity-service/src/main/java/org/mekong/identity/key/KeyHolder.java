package org.mekong.identity.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import jakarta.inject.Singleton;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * Makes the private halves of signing keys and opens them again: encrypted in the database, or in
 * the token of a hardware security module.
 */
@Singleton
class KeyHolder {
  private static final int RSA_BITS = 3072;
  private static final String IN_TOKEN = "pkcs11:";

  private final KeyEncryption encryption;
  private final Optional<Pkcs11Token> token;

  KeyHolder(KeyConfig config) {
    this.encryption = KeyEncryption.read(config.encryptionKeyFile());
    this.token = Pkcs11Token.open(config);
  }

  /**
   * Makes a key, or takes one that was made in the token and is not in use yet.
   *
   * @throws NoKeyInToken when the token holds no further key
   */
  KeyTable.Row make(Connection connection, JWSAlgorithm algorithm, Instant activeFrom)
      throws SQLException {
    if (token.isPresent() && Pkcs11Token.holds(algorithm)) {
      for (Pkcs11Token.Entry entry : token.get().entries(algorithm)) {
        if (!KeyTable.known(connection, entry.publicKey().getKeyID())) {
          return new KeyTable.Row(
              entry.publicKey(), algorithm, IN_TOKEN + entry.alias(), activeFrom, null);
        }
      }
      throw new NoKeyInToken(algorithm);
    }
    JWK key = generate(algorithm);
    return new KeyTable.Row(
        key.toPublicJWK(), algorithm, encryption.encrypt(key), activeFrom, null);
  }

  /** The key, able to sign. */
  SigningKey open(KeyTable.Row row) {
    try {
      JWSSigner signer =
          row.held().startsWith(IN_TOKEN)
              ? token
                  .orElseThrow(
                      () ->
                          new IllegalStateException(
                              "identity.key.pkcs11-config-file: a signing key is in a token"))
                  .signer(row.held().substring(IN_TOKEN.length()), row.algorithm())
              : JwsKeys.signer(encryption.decrypt(row.kid(), row.held()));
      return new SigningKey(
          row.publicKey(), row.algorithm(), signer, row.activeFrom(), row.publishedUntil());
    } catch (JOSEException unfit) {
      throw new IllegalStateException("the signing key does not sign", unfit);
    }
  }

  /** Encrypts and decrypts what else of this node has to stay secret. */
  KeyEncryption encryption() {
    return encryption;
  }

  private static JWK generate(JWSAlgorithm algorithm) {
    try {
      if (JWSAlgorithm.EdDSA.equals(algorithm)) {
        return ed25519();
      }
      JWKGenerator<? extends JWK> generator =
          JWSAlgorithm.ES256.equals(algorithm)
              ? new ECKeyGenerator(Curve.P_256)
              : new RSAKeyGenerator(RSA_BITS);
      return generator
          .algorithm(algorithm)
          .keyUse(KeyUse.SIGNATURE)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("a signing key cannot be made", impossible);
    }
  }

  /** By the Java platform: the library's own generator needs a further library. */
  private static JWK ed25519() throws NoSuchAlgorithmException, JOSEException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return new OctetKeyPair.Builder(Curve.Ed25519, last32(pair.getPublic().getEncoded()))
        .d(last32(pair.getPrivate().getEncoded()))
        .algorithm(JWSAlgorithm.EdDSA)
        .keyUse(KeyUse.SIGNATURE)
        .keyIDFromThumbprint()
        .build();
  }

  /** SubjectPublicKeyInfo and PKCS #8 (RFC 8410) both end with the 32 bytes of the key. */
  private static Base64URL last32(byte[] encoded) {
    return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }
}
