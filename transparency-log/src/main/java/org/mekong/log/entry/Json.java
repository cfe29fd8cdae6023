package org.mekong.log.entry;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of RFC 8259 that nobody vouches for: a checked exception or the value, never anything
 * else. Stricter than it need be: no member twice, no lone surrogate, at most 64 levels, numbers of
 * at most 64 characters; the memory it takes is in proportion to the text.
 */
public final class Json {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 64;

  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @return members of type {@link String}, {@link Long}, {@link BigDecimal}, {@link Boolean},
   *     {@link List}, {@link Map} or null; unmodifiable
   */
  public static Map<String, @Nullable Object> object(byte[] utf8) throws JsonException {
    try {
      return object(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new JsonException("not UTF-8");
    }
  }

  /** Reads an object from text. */
  public static Map<String, @Nullable Object> object(String text) throws JsonException {
    Json json = new Json(text);
    json.space();
    if (json.peek() != '{') {
      throw json.wrong("not an object");
    }
    Map<String, @Nullable Object> object = json.readObject(1);
    json.space();
    if (json.position != text.length()) {
      throw json.wrong("something after the object");
    }
    return object;
  }

  private @Nullable Object value(int depth) throws JsonException {
    if (depth > DEEPEST) {
      throw wrong("nested deeper than " + DEEPEST);
    }
    return switch (peek()) {
      case '{' -> readObject(depth);
      case '[' -> readList(depth);
      case '"' -> readString();
      case 't' -> literal("true", Boolean.TRUE);
      case 'f' -> literal("false", Boolean.FALSE);
      case 'n' -> literal("null", null);
      default -> readNumber();
    };
  }

  private Map<String, @Nullable Object> readObject(int depth) throws JsonException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    position++;
    space();
    if (peek() == '}') {
      position++;
      return Collections.unmodifiableMap(members);
    }
    while (true) {
      if (peek() != '"') {
        throw wrong("a member without a name");
      }
      int at = position;
      String name = readString();
      space();
      require(':');
      space();
      Object value = value(depth + 1);
      if (members.containsKey(name)) {
        throw new JsonException("a member that is there twice", at);
      }
      members.put(name, value);
      space();
      if (peek() == '}') {
        position++;
        return Collections.unmodifiableMap(members);
      }
      require(',');
      space();
    }
  }

  private List<@Nullable Object> readList(int depth) throws JsonException {
    List<@Nullable Object> elements = new ArrayList<>();
    position++;
    space();
    if (peek() == ']') {
      position++;
      return Collections.unmodifiableList(elements);
    }
    while (true) {
      elements.add(value(depth + 1));
      space();
      if (peek() == ']') {
        position++;
        return Collections.unmodifiableList(elements);
      }
      require(',');
      space();
    }
  }

  private String readString() throws JsonException {
    int start = ++position;
    StringBuilder read = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        break;
      }
      if (c < ' ') {
        throw wrong("a control character in a string");
      }
      read.append(c == '\\' ? escaped() : c);
    }
    for (int i = 0; i < read.length(); i++) {
      if (Character.isSurrogate(read.charAt(i))) {
        boolean pair =
            i + 1 < read.length() && Character.isSurrogatePair(read.charAt(i), read.charAt(i + 1));
        if (!pair) {
          throw new JsonException("a lone surrogate in a string", start);
        }
        i++;
      }
    }
    return read.toString();
  }

  private char escaped() throws JsonException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() throws JsonException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("an escape that is not four hexadecimal digits");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Object readNumber() throws JsonException {
    int start = position;
    while (position < text.length() && "+-.0123456789Ee".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String number = text.substring(start, position);
    if (number.length() > LONGEST_NUMBER
        || !number.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
      throw new JsonException("neither a value nor a number", start);
    }
    boolean whole = number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return whole && number.length() <= 18 ? (Object) Long.valueOf(number) : new BigDecimal(number);
  }

  private @Nullable Object literal(String word, @Nullable Object value) throws JsonException {
    if (!text.startsWith(word, position)) {
      throw wrong("neither a value nor a number");
    }
    position += word.length();
    return value;
  }

  private void space() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() throws JsonException {
    if (position >= text.length()) {
      throw wrong("the text ends");
    }
    return text.charAt(position);
  }

  private char next() throws JsonException {
    char c = peek();
    position++;
    return c;
  }

  private void require(char expected) throws JsonException {
    if (peek() != expected) {
      throw wrong("no '" + expected + "'");
    }
    position++;
  }

  private JsonException wrong(String what) {
    return new JsonException(what, position);
  }
}
