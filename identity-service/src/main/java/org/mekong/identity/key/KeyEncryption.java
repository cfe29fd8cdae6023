package org.mekong.identity.key;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts private keys at rest: a JWE of a JWK (RFC 7517 section 7) with {@code dir} and A256GCM,
 * whose header names the signing key, so that ciphertexts cannot be swapped between rows unnoticed.
 */
final class KeyEncryption {
  private static final int KEY_BYTES = 32;
  private final SecretKey key;

  private KeyEncryption(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Reads the encryption key.
   *
   * @throws IllegalStateException naming the property when the file is not 32 bytes in base64
   */
  static KeyEncryption read(Path file) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(Files.readString(file).strip());
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new IllegalStateException(
          "identity.key.encryption-key-file: cannot be read as base64", unreadable);
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalStateException(
          "identity.key.encryption-key-file: 32 bytes in base64 are needed");
    }
    byte first = bytes[0];
    boolean constant = true;
    for (byte next : bytes) {
      constant &= next == first;
    }
    if (constant) {
      throw new IllegalStateException("identity.key.encryption-key-file: not random");
    }
    KeyEncryption encryption = new KeyEncryption(bytes);
    Arrays.fill(bytes, (byte) 0);
    return encryption;
  }

  String encrypt(JWK signingKey) {
    try {
      JWEObject jwe =
          new JWEObject(
              new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                  .contentType("jwk+json")
                  .customParam("key", signingKey.getKeyID())
                  .build(),
              new Payload(signingKey.toJSONObject()));
      jwe.encrypt(new DirectEncrypter(key));
      return jwe.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("a signing key cannot be encrypted", impossible);
    }
  }

  JWK decrypt(String kid, String serialized) {
    try {
      JWEObject jwe = JWEObject.parse(serialized);
      jwe.decrypt(new DirectDecrypter(key));
      JWK signingKey = JWK.parse(jwe.getPayload().toJSONObject());
      if (!kid.equals(jwe.getHeader().getCustomParam("key"))
          || !kid.equals(signingKey.getKeyID())) {
        throw new IllegalStateException("the stored signing key is another one");
      }
      return signingKey;
    } catch (ParseException | JOSEException wrongKey) {
      throw new IllegalStateException(
          "identity.key.encryption-key-file: does not open the stored signing key", wrongKey);
    }
  }
}
