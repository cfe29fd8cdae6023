package org.mekong.webhooks.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric secret of Standard Webhooks 1.0.0: 32 random bytes. Immutable. */
public final class WebhookSecret {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LENGTH = 32;
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  private final byte[] bytes;

  WebhookSecret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A new one. */
  public static WebhookSecret generate() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return new WebhookSecret(bytes);
  }

  /** As it is shown to whoever has to verify: {@code whsec_} and base64. */
  public String shown() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The signature of a message: {@code v1,} and base64 of HMAC-SHA-256 over id, time and body, with
   * full stops between.
   *
   * @param id without full stops
   * @param seconds when it is sent, in seconds since 1970
   */
  public String sign(String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(bytes, HMAC));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
