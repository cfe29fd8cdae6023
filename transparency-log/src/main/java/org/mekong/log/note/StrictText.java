package org.mekong.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The encodings of the specifications, read in the one way they can be written: no padding left
 * out, no slack bits set, no leading zeroes, no overlong or broken UTF-8.
 */
public final class StrictText {
  private StrictText() {}

  /**
   * Decodes standard base64 of RFC 4648 section 4; refuses every encoding but the canonical one.
   */
  public static byte[] base64(String text) throws NoteException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (base64(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below, in words that do not repeat what was sent.
    }
    throw new NoteException("not canonical base64");
  }

  /** Encodes standard base64. */
  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Decodes a hash: canonical base64 of exactly 32 bytes. */
  public static byte[] hash(String text) throws NoteException {
    byte[] hash = base64(text);
    if (hash.length != 32) {
      throw new NoteException("not a hash of 32 bytes");
    }
    return hash;
  }

  /** Reads a number of at most 2^63 - 1 in ASCII decimal, without sign and leading zeroes. */
  public static long decimal(String text) throws NoteException {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && text.length() <= 19 && (text.length() == 1 || text.charAt(0) != '0')) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        // Beyond 2^63 - 1: told below.
      }
    }
    throw new NoteException("not a decimal number without leading zeroes");
  }

  /** Decodes UTF-8; refuses malformed input. */
  public static String utf8(byte[] bytes) throws NoteException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new NoteException("not valid UTF-8");
    }
  }
}
