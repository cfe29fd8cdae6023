package org.mekong.identity.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.key.NodeSecrets;
import org.mekong.resourceserver.dpop.NonceVerifier;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.SingleUse;

/**
 * Nonces that this server provides for DPoP proofs (RFC 9449 section 8). A nonce says itself until
 * when it is good, under an HMAC of this node: every replica knows it, and giving one costs
 * nothing.
 */
@Singleton
public class DpopNonces {
  /** Header that gives a nonce. */
  public static final String HEADER = "DPoP-Nonce";

  static final ErrorObject USE_NONCE = OAuth2Error.USE_DPOP_NONCE;

  private static final String SECRET = "dpop-nonce";
  private static final int RANDOM_BYTES = 8;
  private static final int MAC_BYTES = 16;
  private static final int BYTES = Long.BYTES + RANDOM_BYTES + MAC_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DpopConfig config;
  private final NodeSecrets secrets;
  private final Clock clock;

  DpopNonces(DpopConfig config, NodeSecrets secrets, Clock clock) {
    this.config = config;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A nonce for the next proof of whoever is answered; empty where none is asked for. */
  public Optional<String> next() {
    if (config.nonce() == DpopConfig.Nonces.OFF) {
      return Optional.empty();
    }
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    byte[] head =
        ByteBuffer.allocate(Long.BYTES + RANDOM_BYTES)
            .putLong(clock.instant().plus(config.nonceLife().multipliedBy(2)).getEpochSecond())
            .put(random)
            .array();
    return Optional.of(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ByteBuffer.allocate(BYTES).put(head).put(mac(head)).array()));
  }

  /** What decides on the nonces of proofs, using them up in a transaction where that is asked. */
  public NonceVerifier verifier(Transaction transaction) {
    return switch (config.nonce()) {
      case OFF -> NonceVerifier.NONE;
      case TIMED -> nonce -> nonce != null && expiry(nonce).isPresent();
      case ONCE ->
          nonce -> {
            Optional<Instant> until = nonce == null ? Optional.empty() : expiry(nonce);
            return until.isPresent() && spent(transaction, nonce, until.get());
          };
    };
  }

  private static boolean spent(Transaction transaction, String nonce, Instant until) {
    try {
      transaction.spend(new SingleUse("dpop-nonce", "", nonce), until);
      return true;
    } catch (AlreadyUsed used) {
      return false;
    } catch (SQLException failed) {
      throw new org.mekong.identity.journal.JournalUnavailable(failed);
    }
  }

  /** Until when a nonce is good; empty when it is none of ours or its time is over. */
  private Optional<Instant> expiry(String nonce) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(nonce);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    byte[] head = java.util.Arrays.copyOf(bytes, Long.BYTES + RANDOM_BYTES);
    byte[] mac = java.util.Arrays.copyOfRange(bytes, head.length, BYTES);
    if (!MessageDigest.isEqual(mac, mac(head))) {
      return Optional.empty();
    }
    Instant until = Instant.ofEpochSecond(ByteBuffer.wrap(head).getLong());
    return clock.instant().isBefore(until) ? Optional.of(until) : Optional.empty();
  }

  private byte[] mac(byte[] head) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secrets.secret(SECRET));
      return java.util.Arrays.copyOf(mac.doFinal(head), MAC_BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }
}
