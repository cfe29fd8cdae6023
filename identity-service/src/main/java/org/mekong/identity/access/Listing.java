package org.mekong.identity.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** The parameters of a list: an opaque cursor and a limit. */
public final class Listing {
  private static final int MOST = 200;

  private Listing() {}

  /** Reads {@code limit}, 1 to 200. */
  public static int limit(String text) {
    if (text.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    }
    throw Problem.MALFORMED_REQUEST.because("The parameter limit must be a number of 1 to 200.");
  }

  /** Makes the cursor that continues after a key. */
  public static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a cursor back into its key; empty for none. */
  public static String key(String cursor) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (key.matches("[a-z0-9._-]{0,100}")) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      // answered below, like a cursor of another making
    }
    throw Problem.MALFORMED_REQUEST.because("The parameter cursor is not one that a list gave.");
  }

  /** Reads a cursor whose key is a UUID; the least one for none. */
  public static UUID uuid(String cursor) {
    String key = key(cursor);
    if (key.isEmpty()) {
      return new UUID(0, 0);
    }
    if (key.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      return UUID.fromString(key);
    }
    throw Problem.MALFORMED_REQUEST.because("The parameter cursor is not one that a list gave.");
  }

  /** Reads a cursor whose key is a number; 0 for none. */
  public static long number(String cursor) {
    String key = key(cursor);
    if (key.isEmpty()) {
      return 0;
    }
    if (key.matches("[0-9]{1,15}")) {
      return Long.parseLong(key);
    }
    throw Problem.MALFORMED_REQUEST.because("The parameter cursor is not one that a list gave.");
  }
}
