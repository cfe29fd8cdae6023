package org.mekong.resourceserver.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses request targets that a router, a permission check and a handler could read differently:
 * path parameters, encoded separators, dot segments, doubled slashes, double encoding, control
 * characters, broken escapes. What passes has one reading.
 *
 * <p>Why: CVE-2026-39852 and CVE-2026-50559 (path policies passed by by ';' and by encoded
 * separators) and CVE-2026-87743 (path normalisation) are open in the Quarkus that Mekong runs on.
 */
public final class PathGuard {
  private static final int LONGEST = 4096;

  private PathGuard() {}

  /**
   * Checks a request target in origin form, exactly as it stood in the request line, query
   * included.
   *
   * @throws RefusedPath naming what is wrong, never repeating the target
   */
  public static void check(String target) throws RefusedPath {
    if (target.length() > LONGEST) {
      throw new RefusedPath("the request target is too long");
    }
    if (!target.startsWith("/")) {
      throw new RefusedPath("the request target must be a path");
    }
    refuseCharacters(target);
    int question = target.indexOf('?');
    checkPath(question < 0 ? target : target.substring(0, question));
    if (question >= 0) {
      decode(target.substring(question + 1));
    }
  }

  private static void refuseCharacters(String target) throws RefusedPath {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
        throw new RefusedPath("the request target holds a character that must be encoded");
      }
    }
  }

  private static void checkPath(String path) throws RefusedPath {
    if (path.contains("//")) {
      throw new RefusedPath("the path holds an empty segment");
    }
    if (path.indexOf(';') >= 0) {
      throw new RefusedPath("the path holds parameters");
    }
    for (String segment : path.substring(1).split("/", -1)) {
      String decoded = decode(segment);
      if (decoded.equals(".") || decoded.equals("..")) {
        throw new RefusedPath("the path holds a dot segment");
      }
      if (!decoded.equals(segment) && decoded.chars().anyMatch(c -> "/\\;%.".indexOf(c) >= 0)) {
        refuseEncodedSeparator(segment);
      }
    }
  }

  private static void refuseEncodedSeparator(String segment) throws RefusedPath {
    for (int i = segment.indexOf('%'); i >= 0; i = segment.indexOf('%', i + 1)) {
      int value = Integer.parseInt(segment.substring(i + 1, i + 3), 16);
      if ("/\\;%.".indexOf(value) >= 0) {
        throw new RefusedPath("the path holds an encoded separator");
      }
    }
  }

  private static String decode(String text) throws RefusedPath {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes.put((byte) (c == '%' ? escaped(text, i) : c));
      i += c == '%' ? 2 : 0;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new RefusedPath("the request target is not UTF-8");
    }
  }

  private static int escaped(String text, int at) throws RefusedPath {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw new RefusedPath("the request target holds a broken escape");
    }
    int value = high * 16 + low;
    if (value < ' ' || value == 0x7f) {
      throw new RefusedPath("the request target holds an encoded control character");
    }
    return value;
  }
}
