package org.mekong.registry.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that wraps other keys of this register in its database.
 *
 * @param key an AES key of 256 bits, from a file outside of the database
 */
public record KeyEncryptionKey(SecretKey key) {

  private static final String HMAC = "HmacSHA256";

  /**
   * A key of its own for a use, so that nothing that one use wrapped opens as another's.
   *
   * @param use what it is for, in words
   */
  public SecretKey derive(String use) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.getEncoded(), HMAC));
      return new SecretKeySpec(mac.doFinal(use.getBytes(UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "KeyEncryptionKey[]";
  }
}
