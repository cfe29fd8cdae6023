package org.mekong.registry.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The random key of one statement's commitments. It leaves beside the statement and never in it:
 * whoever holds both can show what the statement speaks of, and the statement alone says nothing, a
 * personal number having too few digits for a plain hash to hide it.
 */
public final class Salt {

  private static final String HMAC = "HmacSHA256";
  private static final int LENGTH = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;

  private Salt(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static Salt generate() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return new Salt(bytes);
  }

  /**
   * {@code HMAC-SHA-256(salt, label ‖ ':' ‖ value)}, base64url without padding.
   *
   * @param label what the value is, as in {@code personal_number}; it holds no colon
   * @param value as it was sent, in UTF-8
   */
  public String commitment(String label, String value) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(bytes, HMAC));
      return encoded(mac.doFinal((label + ':' + value).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** In an answer: base64url without padding. */
  public String text() {
    return encoded(bytes);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Salt[]";
  }
}
