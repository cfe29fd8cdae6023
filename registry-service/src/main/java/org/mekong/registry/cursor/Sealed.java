package org.mekong.registry.cursor;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes cursors and knows them again: a place of a fixed length, bound by HMAC-SHA-256 to what it
 * is a place of. The secret stands in the register's database, so that all its replicas know each
 * other's cursors; it is read once. Thread-safe.
 */
public final class Sealed {

  private static final String HMAC = "HmacSHA256";
  private static final byte VERSION = 1;

  private final int place;
  private final int seal;
  private final Secret secret;
  private volatile @Nullable SecretKeySpec key;

  /** Reads the secret. */
  @FunctionalInterface
  public interface Secret {

    /** The secret of all replicas. */
    byte[] read() throws SQLException;
  }

  /**
   * Cursors of one kind.
   *
   * @param place length of a place in bytes
   * @param seal length of its seal in bytes, at most 32
   */
  public Sealed(int place, int seal, Secret secret) {
    this.place = 1 + place;
    this.seal = seal;
    this.secret = secret;
  }

  /**
   * A cursor.
   *
   * @param place of the length of all places
   * @param of what it is a place of
   */
  public String seal(ByteBuffer place, byte[] of) {
    byte[] bytes =
        ByteBuffer.allocate(this.place).put(VERSION).put(place.duplicate().rewind()).array();
    byte[] sealed = Arrays.copyOf(bytes, bytes.length + seal);
    System.arraycopy(mac(bytes, of), 0, sealed, bytes.length, seal);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** The place of a cursor; nothing when it is not one of this. */
  public Optional<ByteBuffer> open(String cursor, byte[] of) {
    byte[] sealed;
    try {
      boolean tooLong = cursor.length() > 2 * (place + seal);
      sealed = tooLong ? new byte[0] : Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (sealed.length != place + seal || sealed[0] != VERSION) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(sealed, place);
    byte[] told = Arrays.copyOfRange(sealed, place, place + seal);
    return MessageDigest.isEqual(told, mac(bytes, of))
        ? Optional.of(ByteBuffer.wrap(bytes, 1, place - 1))
        : Optional.empty();
  }

  private byte[] mac(byte[] bytes, byte[] of) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key());
      mac.update(bytes);
      return Arrays.copyOf(mac.doFinal(of), seal);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("The secret of cursors cannot be read", e);
    }
  }

  private SecretKeySpec key() throws SQLException {
    SecretKeySpec known = key;
    if (known == null) {
      known = new SecretKeySpec(secret.read(), HMAC);
      key = known;
    }
    return known;
  }
}
