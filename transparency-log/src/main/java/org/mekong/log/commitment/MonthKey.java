package org.mekong.log.commitment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that seals the openings of a month. It is sealed itself under the caller's key-encryption
 * key; both with AES-256-GCM.
 */
final class MonthKey {
  static final int LENGTH = 32;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final UUID id;
  private final byte[] secret;
  private final SecretKey sealing;
  private final byte[] tagging;

  private MonthKey(UUID id, byte[] secret) {
    this.id = id;
    this.secret = secret;
    this.sealing = new SecretKeySpec(mac(secret, "seal".getBytes(StandardCharsets.UTF_8)), "AES");
    this.tagging = mac(secret, "tag".getBytes(StandardCharsets.UTF_8));
  }

  static MonthKey generate() {
    return new MonthKey(UUID.randomUUID(), randomBytes());
  }

  static MonthKey unwrap(UUID id, byte[] wrapped, SecretKey keyEncryptionKey)
      throws GeneralSecurityException {
    return new MonthKey(id, open(keyEncryptionKey, wrapped, bytes(id)));
  }

  byte[] wrap(SecretKey keyEncryptionKey) {
    return seal(keyEncryptionKey, secret, bytes(id));
  }

  UUID id() {
    return id;
  }

  /** By which the rows of a subject are found by who holds this key, and by nobody else. */
  byte[] subjectTag(String subject) {
    return mac(tagging, subject.getBytes(StandardCharsets.UTF_8));
  }

  byte[] seal(Commitment commitment, Opening opening) {
    byte[] subject = opening.subject().getBytes(StandardCharsets.UTF_8);
    byte[] plain =
        ByteBuffer.allocate(LENGTH + subject.length).put(opening.key()).put(subject).array();
    return seal(sealing, plain, commitment.bytes());
  }

  Opening open(Commitment commitment, byte[] sealed) {
    try {
      byte[] plain = open(sealing, sealed, commitment.bytes());
      byte[] subject = Arrays.copyOfRange(plain, LENGTH, plain.length);
      return new Opening(Arrays.copyOf(plain, LENGTH), new String(subject, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored opening was changed", e);
    }
  }

  static byte[] randomBytes() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static byte[] commitment(byte[] key, String subject, String requestId) {
    return mac(key, (subject + requestId).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] seal(SecretKey key, byte[] plain, byte[] context) {
    try {
      byte[] nonce = new byte[NONCE_LENGTH];
      RANDOM.nextBytes(nonce);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      byte[] sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(NONCE_LENGTH + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  private static byte[] open(SecretKey key, byte[] sealed, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_LENGTH));
    cipher.updateAAD(context);
    return cipher.doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
