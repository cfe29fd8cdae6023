package org.mekong.registry.reading;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Problem;

/**
 * Which part of a list is asked for.
 *
 * @param after key of the last item of the page before; none for the first page
 * @param limit how many items at most
 */
public record Page(@Nullable UUID after, int limit) {

  private static final int MOST = 100;
  private static final int CURSOR_BYTES = 24;

  /**
   * Reads the members {@code cursor} and {@code limit}.
   *
   * @param list what makes the list what it is; a cursor of another list is refused
   */
  public static Page read(@Nullable String cursor, @Nullable String limit, int usual, String list) {
    return new Page(cursor == null ? null : position(cursor, list), limit(limit, usual));
  }

  /** The cursor of the page after an item. */
  public static String cursor(UUID last, String list) {
    ByteBuffer bytes =
        ByteBuffer.allocate(CURSOR_BYTES)
            .putLong(last.getMostSignificantBits())
            .putLong(last.getLeastSignificantBits())
            .putLong(mark(list));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The problem of a cursor that no page of this list gave out. */
  public static RuntimeException foreignCursor() {
    return Problem.invalid("cursor", "cursor", "is no cursor of this list");
  }

  private static UUID position(String cursor, String list) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw foreignCursor();
    }
    if (bytes.length != CURSOR_BYTES) {
      throw foreignCursor();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    UUID position = new UUID(buffer.getLong(), buffer.getLong());
    if (buffer.getLong() != mark(list)) {
      throw foreignCursor();
    }
    return position;
  }

  private static int limit(@Nullable String text, int usual) {
    if (text == null) {
      return usual;
    }
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
      throw Problem.invalid("limit", "range", "is no number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  private static long mark(String list) {
    try {
      return ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8)))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
