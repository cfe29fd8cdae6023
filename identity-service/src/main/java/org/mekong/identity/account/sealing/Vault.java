package org.mekong.identity.account.sealing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.mekong.identity.key.KeyConfig;

/**
 * Seals what belongs to an account and makes it findable without being readable. Its two keys are
 * derived (HKDF, RFC 5869) from the key of {@code identity.key.encryption-key-file}; neither enters
 * the database.
 */
@Singleton
public class Vault {
  private static final int KEY_BYTES = 32;
  private final SecretKey sealing;
  private final SecretKey finding;

  Vault(KeyConfig config) {
    byte[] key = read(config.encryptionKeyFile());
    this.sealing = derived(key, "mekong identity account sealing", "AES");
    this.finding = derived(key, "mekong identity account finding", "HmacSHA256");
    Arrays.fill(key, (byte) 0);
  }

  /**
   * HMAC-SHA256 of a text: equal texts of one use are found by it.
   *
   * @param use what the text is, so that equal texts of different uses do not meet
   */
  public byte[] fingerprint(String use, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(finding);
      mac.update((use + '\0').getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }

  /**
   * Encrypts (JWE, {@code dir}, A256GCM). The header names use and owner, so that what is sealed
   * for one cannot be put in another's row unnoticed.
   */
  public String seal(String use, UUID owner, byte[] secret) {
    try {
      JWEObject jwe =
          new JWEObject(
              new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                  .customParam("use", use)
                  .customParam("owner", owner.toString())
                  .build(),
              new Payload(secret));
      jwe.encrypt(new DirectEncrypter(sealing));
      return jwe.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("an account's secret cannot be sealed", impossible);
    }
  }

  /**
   * Decrypts what was sealed for the same use and owner.
   *
   * @throws IllegalStateException when it was sealed for another, or under another key
   */
  public byte[] open(String use, UUID owner, String sealed) {
    try {
      JWEObject jwe = JWEObject.parse(sealed);
      jwe.decrypt(new DirectDecrypter(sealing));
      if (!use.equals(jwe.getHeader().getCustomParam("use"))
          || !owner.toString().equals(jwe.getHeader().getCustomParam("owner"))) {
        throw new IllegalStateException("what is stored was sealed for another");
      }
      return jwe.getPayload().toBytes();
    } catch (ParseException | JOSEException wrongKey) {
      throw new IllegalStateException(
          "identity.key.encryption-key-file: does not open what is stored of an account", wrongKey);
    }
  }

  private static byte[] read(Path file) {
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
    return bytes;
  }

  private static SecretKey derived(byte[] key, String use, String algorithm) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(key, null, use.getBytes(StandardCharsets.UTF_8)));
    byte[] derived = new byte[KEY_BYTES];
    hkdf.generateBytes(derived, 0, KEY_BYTES);
    return new SecretKeySpec(derived, algorithm);
  }
}
