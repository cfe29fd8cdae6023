package org.mekong.webhooks.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database with AES-256-GCM, each bound to its webhook, under a key that is
 * derived from the service's key-encryption key and serves nothing else. Thread-safe.
 */
public final class SecretSeal {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecretKey key;

  /** Under a key-encryption key. */
  public SecretSeal(SecretKey keyEncryptionKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(keyEncryptionKey.getEncoded(), "HmacSHA256"));
      key =
          new SecretKeySpec(
              mac.doFinal("mekong webhook secrets".getBytes(StandardCharsets.UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A sealed secret cannot be opened: another key sealed it, or it was changed. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(Exception cause) {
      super("The secret of a webhook cannot be opened", cause);
    }
  }

  /** Seals a webhook's secret. */
  public byte[] seal(UUID webhook, WebhookSecret secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bytes(webhook));
      byte[] sealed = cipher.doFinal(secret.bytes());
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens it again. */
  public WebhookSecret open(UUID webhook, byte[] sealed) throws Unreadable {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
      cipher.updateAAD(bytes(webhook));
      return new WebhookSecret(cipher.doFinal(Arrays.copyOfRange(sealed, NONCE, sealed.length)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Unreadable(e);
    }
  }

  /** Opens all that a webhook has now, in their order. */
  public List<WebhookSecret> openAll(UUID webhook, List<byte[]> sealed) throws Unreadable {
    List<WebhookSecret> secrets = new ArrayList<>();
    for (byte[] each : sealed) {
      secrets.add(open(webhook, each));
    }
    return secrets;
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
