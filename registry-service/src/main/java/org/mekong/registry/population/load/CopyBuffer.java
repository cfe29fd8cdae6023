package org.mekong.registry.population.load;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in the text format of PostgreSQL's COPY, as the bytes that go to the server. */
final class CopyBuffer {

  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int SENT_AT_ONCE = 1 << 16;

  private byte[] bytes = new byte[1 << 16];
  private int length;

  /** Adds a row. A value is a text, an array of texts, or what its text stands for. */
  void row(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        add('\t');
      }
      value(values[i]);
    }
    add('\n');
  }

  /** Sends the rows to a table and forgets them. */
  void send(Connection transaction, String copy) throws SQLException {
    if (length == 0) {
      return;
    }
    CopyIn in = transaction.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
    try {
      for (int sent = 0; sent < length; sent += SENT_AT_ONCE) {
        in.writeToCopy(bytes, sent, Math.min(SENT_AT_ONCE, length - sent));
      }
      in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
    length = 0;
  }

  /** Writes the rows elsewhere. */
  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> pair('N');
      case UUID id -> uuid(id);
      case String text -> text(text);
      case String[] texts -> array(texts);
      default -> text(value.toString());
    }
  }

  private void array(String[] texts) {
    add('{');
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        add(',');
      }
      text('"' + texts[i].replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }
    add('}');
  }

  private void uuid(UUID id) {
    ensure(36);
    hex(id.getMostSignificantBits(), 60, 8);
    bytes[length++] = '-';
    hex(id.getMostSignificantBits(), 28, 4);
    bytes[length++] = '-';
    hex(id.getMostSignificantBits(), 12, 4);
    bytes[length++] = '-';
    hex(id.getLeastSignificantBits(), 60, 4);
    bytes[length++] = '-';
    hex(id.getLeastSignificantBits(), 44, 12);
  }

  private void hex(long bits, int shift, int digits) {
    for (int i = 0; i < digits; i++) {
      bytes[length++] = HEX[(int) (bits >>> (shift - 4 * i)) & 15];
    }
  }

  private void text(String text) {
    int size = text.length();
    ensure(3 * size + 8);
    byte[] into = bytes;
    int at = length;
    for (int i = 0; i < size; i++) {
      char sign = text.charAt(i);
      if (sign >= 0x80) {
        if (sign < 0x800) {
          into[at++] = (byte) (0xC0 | sign >> 6);
        } else if (Character.isHighSurrogate(sign) && i + 1 < size) {
          int point = Character.toCodePoint(sign, text.charAt(++i));
          into[at++] = (byte) (0xF0 | point >> 18);
          into[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
          into[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
          into[at++] = (byte) (0x80 | (point & 0x3F));
          continue;
        } else {
          into[at++] = (byte) (0xE0 | sign >> 12);
          into[at++] = (byte) (0x80 | (sign >> 6 & 0x3F));
        }
        into[at++] = (byte) (0x80 | (sign & 0x3F));
      } else if (sign > '\\' || (sign >= ' ' && sign < '\\')) {
        into[at++] = (byte) sign;
      } else {
        length = at;
        escaped(sign);
        ensure(3 * (size - i) + 8);
        into = bytes;
        at = length;
      }
    }
    length = at;
  }

  private void escaped(char sign) {
    switch (sign) {
      case '\\' -> pair('\\');
      case '\t' -> pair('t');
      case '\n' -> pair('n');
      case '\r' -> pair('r');
      default -> add(sign);
    }
  }

  private void pair(char sign) {
    add('\\');
    add(sign);
  }

  private void add(char sign) {
    ensure(1);
    bytes[length++] = (byte) sign;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
