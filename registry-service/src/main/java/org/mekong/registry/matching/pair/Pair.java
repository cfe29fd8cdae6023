package org.mekong.registry.matching.pair;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Two persons, in the order of their keys.
 *
 * @param one the smaller key
 */
public record Pair(UUID one, UUID other) {

  public Pair {
    if (one.compareTo(other) >= 0) {
      throw new IllegalArgumentException("A pair is two persons, the smaller key first");
    }
  }

  /** The pair of two persons in any order. */
  public static Pair of(UUID one, UUID other) {
    return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
  }

  /** The pair's key, a UUID version 8 that follows from the two persons. */
  public UUID id() {
    ByteBuffer keys = ByteBuffer.allocate(32);
    keys.putLong(one.getMostSignificantBits()).putLong(one.getLeastSignificantBits());
    keys.putLong(other.getMostSignificantBits()).putLong(other.getLeastSignificantBits());
    try {
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(keys.array()));
      long high = (hash.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x8000L;
      long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
