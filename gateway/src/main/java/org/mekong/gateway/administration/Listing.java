package org.mekong.gateway.administration;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Problem;

/** Pages of lists: where to go on, and how many. */
public final class Listing {

  private static final int MOST = 100;
  private static final int USUAL = 50;
  private static final int LONGEST = 400;

  private Listing() {}

  /** How many of a list are asked for. */
  public static int limit(@Nullable String limit) {
    if (limit == null) {
      return USUAL;
    }
    if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > MOST) {
      throw Problem.malformed("limit: a number from 1 to " + MOST + ".");
    }
    return Integer.parseInt(limit);
  }

  /** The cursor that goes on after a place. */
  public static String cursor(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /** The place after which a cursor goes on; the start where there is none. */
  public static String place(@Nullable String cursor, String start) {
    if (cursor == null || cursor.isEmpty()) {
      return start;
    }
    try {
      if (cursor.length() <= LONGEST) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException e) {
      throw Problem.malformed("cursor: not one of this list.");
    }
    throw Problem.malformed("cursor: not one of this list.");
  }
}
