package org.mekong.gateway.http;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list begins: behind a key of numbers. Callers see it as one opaque word, {@code
 * next} of the page before.
 */
public final class Cursor {

  private static final byte FORM = 1;
  private static final int PAGE_SIZE = 20;
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]?|100");

  private Cursor() {}

  /** The cursor behind a key. */
  public static String behind(long... key) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + key.length * Long.BYTES).put(FORM);
    for (long part : key) {
      bytes.putLong(part);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The cursor behind an id. */
  public static String behind(UUID id) {
    return behind(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /**
   * The key that a cursor is behind; empty where the list begins.
   *
   * @param parts how many numbers a key of this list has
   */
  public static Optional<ByteBuffer> read(@Nullable String cursor, int parts) {
    if (cursor == null) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.remaining() == 1 + parts * Long.BYTES && bytes.get() == FORM) {
        return Optional.of(bytes);
      }
    } catch (IllegalArgumentException e) {
      // no base64url: told below
    }
    throw foreign();
  }

  /** A cursor is of no page of this list. */
  public static RuntimeException foreign() {
    return Problem.malformed("cursor: the member next of a page of the same list.");
  }

  /** How many of a list are asked for. */
  public static int limit(@Nullable String limit) {
    if (limit == null) {
      return PAGE_SIZE;
    }
    if (!LIMIT.matcher(limit).matches()) {
      throw Problem.malformed("limit: 1 to 100.");
    }
    return Integer.parseInt(limit);
  }
}
