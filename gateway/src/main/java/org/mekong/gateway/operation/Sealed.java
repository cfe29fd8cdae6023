package org.mekong.gateway.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
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
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.lookup.LookupRequest;
import org.mekong.gateway.receipt.LogConfig;
import org.mekong.log.year.KeyFile;

/**
 * Seals what an operation holds of a person for the database: AES-256-GCM, bound to the operation
 * and to what it is, under a key that is derived from the key-encryption key and serves nothing
 * else. Thread-safe.
 */
@Singleton
public final class Sealed {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecretKey key;

  @Inject
  Sealed(LogConfig config) {
    this(
        new KeyFile(
                "gateway.log.key-encryption-key-file",
                config.keyEncryptionKeyFile(),
                config.generateKey())
            .keyEncryptionKey());
  }

  Sealed(SecretKey keyEncryptionKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(keyEncryptionKey.getEncoded(), "HmacSHA256"));
      key =
          new SecretKeySpec(
              mac.doFinal("mekong queued lookups".getBytes(StandardCharsets.UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A question, with who asks it and what they were granted then.
   *
   * @param agency as its token said
   */
  public record Asked(Agency agency, LookupRequest request) {

    /** Tells nothing: it holds personal data. */
    @Override
    public String toString() {
      return "Asked";
    }
  }

  /** Seals a question. */
  public byte[] seal(UUID operation, Asked asked) {
    return seal(operation, "question", asked);
  }

  /** Seals an outcome. */
  public byte[] seal(UUID operation, Outcome outcome) {
    return seal(operation, "outcome", outcome);
  }

  /** Opens a question. */
  public Asked question(UUID operation, byte[] sealed) {
    return open(operation, "question", sealed, Asked.class);
  }

  /** Opens an outcome. */
  public Outcome outcome(UUID operation, byte[] sealed) {
    return open(operation, "outcome", sealed, Outcome.class);
  }

  private byte[] seal(UUID operation, String what, Object content) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bound(operation, what));
      byte[] sealed = cipher.doFinal(StrictJson.mapper().writeValueAsBytes(content));
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException("cannot seal the " + what + " of " + operation, e);
    }
  }

  private <T> T open(UUID operation, String what, byte[] sealed, Class<T> type) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
      cipher.updateAAD(bound(operation, what));
      byte[] content = cipher.doFinal(Arrays.copyOfRange(sealed, NONCE, sealed.length));
      return StrictJson.mapper().readValue(content, type);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot open the " + what + " of " + operation);
    }
  }

  private static byte[] bound(UUID operation, String what) {
    return (operation + " " + what).getBytes(StandardCharsets.US_ASCII);
  }
}
