package org.mekong.registry.identifier;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes keys: UUID version 7 (RFC 9562 section 5.7), ordered by time, random otherwise. */
public final class UuidV7 {

  private UuidV7() {}

  /** A key of an instant, in milliseconds of the epoch. */
  public static UUID of(long epochMilli, RandomGenerator random) {
    long high = (epochMilli << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
