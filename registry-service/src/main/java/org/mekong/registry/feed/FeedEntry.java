package org.mekong.registry.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change to a person.
 *
 * @param position place in the feed, from 1, without gaps
 * @param eventId none of who was withdrawn or restored
 * @param type of the event, or {@link FeedTypes#WITHDRAWN} or {@link FeedTypes#RESTORED}
 * @param province today's code of the province of permanent residence, after the change
 * @param recordedAt when the register learnt of it
 */
public record FeedEntry(
    long position,
    UUID personId,
    @Nullable UUID eventId,
    String type,
    @Nullable String province,
    Instant recordedAt) {

  /** The place right behind the entry. */
  public Place place() {
    return new Place(position, mark(personId, eventId, type));
  }

  /**
   * A place in the feed: behind an entry.
   *
   * @param mark what stands there, so that a feed that was restored and went on otherwise is
   *     noticed
   */
  public record Place(long position, long mark) {

    /** Before the first entry there ever was. */
    public static final Place START = new Place(0, 0);
  }

  static long mark(UUID personId, @Nullable UUID eventId, String type) {
    UUID event = eventId == null ? new UUID(0, 0) : eventId;
    byte[] bytes = type.getBytes(StandardCharsets.UTF_8);
    ByteBuffer entry =
        ByteBuffer.allocate(4 * Long.BYTES + bytes.length)
            .putLong(personId.getMostSignificantBits())
            .putLong(personId.getLeastSignificantBits())
            .putLong(event.getMostSignificantBits())
            .putLong(event.getLeastSignificantBits())
            .put(bytes);
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(entry.array())).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
