package org.mekong.registry.statistics.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mekong.registry.statistics.count.Key;

/**
 * Rounds a count to a multiple of {@link #BASE}, up or down by an offset that the figure's place
 * and a secret decide for ever. Over all offsets the mean of what is published is the count. What
 * is published of a place, in all releases together, follows from the sum of its count and its
 * offset; so it is the same for every other pair with that sum. Not thread-safe.
 */
public final class Rounding {

  /** What is published is a multiple of this; nothing is farther from the truth than one less. */
  public static final int BASE = 5;

  private static final String HMAC = "HmacSHA256";
  private final ToIntFunction<Key> offsets;

  /** The rounding of a secret. */
  public Rounding(byte[] secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      offsets = place -> offset(mac, place);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A rounding with known offsets, from 0 to less than {@link #BASE}. */
  Rounding(ToIntFunction<Key> offsets) {
    this.offsets = offsets;
  }

  /** What is published of a count at a place. */
  public int round(Key place, long count) {
    long rounded = Math.floorDiv(Math.max(0, count) + offsets.applyAsInt(place), BASE) * BASE;
    return Math.toIntExact(rounded);
  }

  private static int offset(Mac mac, Key place) {
    String text =
        place.kind().code()
            + "|"
            + place.month()
            + "|"
            + place.province()
            + "|"
            + place.other()
            + "|"
            + place.sex()
            + "|"
            + place.detail();
    long number = ByteBuffer.wrap(mac.doFinal(text.getBytes(UTF_8))).getLong();
    return (int) Long.remainderUnsigned(number, BASE);
  }
}
