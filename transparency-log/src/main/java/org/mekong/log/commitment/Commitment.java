package org.mekong.log.commitment;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * {@code HMAC-SHA-256(key, subject ‖ request id)}: binds an entry to a subject for who holds the
 * key, and tells nobody else anything.
 *
 * @param bytes 32 bytes
 */
public record Commitment(byte[] bytes) {
  public Commitment {
    bytes = bytes.clone();
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a commitment has 32 bytes");
    }
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** As it stands in an entry: base64url without padding. */
  public String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads what stands in an entry.
   *
   * @throws IllegalArgumentException when it is not a commitment
   */
  public static Commitment parse(String text) {
    return new Commitment(Base64.getUrlDecoder().decode(text));
  }

  /**
   * Whether this commitment was made for this subject and request with this key. Needs nothing but
   * what it is given: a court can do the same.
   */
  public boolean isOpenedBy(byte[] key, String subject, String requestId) {
    return MessageDigest.isEqual(bytes, MonthKey.commitment(key, subject, requestId));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Commitment that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
