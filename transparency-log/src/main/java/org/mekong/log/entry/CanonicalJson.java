package org.mekong.log.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Canonical JSON of RFC 8785, for the values that log entries are made of: strings, integers of at
 * most 2^53 - 1, booleans, lists and maps with string keys. Fractions and nulls are refused: an
 * absent member is left out.
 */
public final class CanonicalJson {
  private static final long LARGEST_INTEGER = (1L << 53) - 1;
  private static final int DEEPEST = 32;

  private CanonicalJson() {}

  /**
   * Writes a value.
   *
   * @return UTF-8, members in the order of their names' UTF-16 code units
   * @throws IllegalArgumentException for any other value, and for text with lone surrogates
   */
  public static byte[] write(Map<String, ?> value) {
    StringBuilder json = new StringBuilder(512);
    append(json, value, 0);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder json, Object value, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("nested deeper than " + DEEPEST);
    }
    switch (value) {
      case null -> throw new IllegalArgumentException("null: leave an absent member out");
      case String text -> appendString(json, text);
      case Integer number -> json.append(number.intValue());
      case Long number -> appendLong(json, number);
      case Boolean truth -> json.append(truth.booleanValue());
      case List<?> list -> appendList(json, list, depth);
      case Map<?, ?> map -> appendMap(json, map, depth);
      default -> throw new IllegalArgumentException("not a value of an entry: " + value.getClass());
    }
  }

  private static void appendLong(StringBuilder json, long number) {
    if (Math.abs(number) > LARGEST_INTEGER || number == Long.MIN_VALUE) {
      throw new IllegalArgumentException("beyond 2^53 - 1: " + number);
    }
    json.append(number);
  }

  private static void appendList(StringBuilder json, List<?> list, int depth) {
    json.append('[');
    String separator = "";
    for (Object element : list) {
      json.append(separator);
      append(json, element, depth + 1);
      separator = ",";
    }
    json.append(']');
  }

  private static void appendMap(StringBuilder json, Map<?, ?> map, int depth) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach(
        (name, member) -> {
          if (!(name instanceof String text)) {
            throw new IllegalArgumentException("a member name that is not a string");
          }
          sorted.put(text, member);
        });
    json.append('{');
    String separator = "";
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      json.append(separator);
      appendString(json, member.getKey());
      json.append(':');
      append(json, member.getValue(), depth + 1);
      separator = ",";
    }
    json.append('}');
  }

  private static void appendString(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ') {
            json.append(String.format("\\u%04x", (int) c));
          } else if (Character.isSurrogate(c)) {
            requirePair(text, i, c);
            json.append(c);
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  private static void requirePair(String text, int index, char c) {
    boolean paired =
        Character.isHighSurrogate(c)
            ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
            : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    if (!paired) {
      throw new IllegalArgumentException("text with a lone surrogate");
    }
  }
}
