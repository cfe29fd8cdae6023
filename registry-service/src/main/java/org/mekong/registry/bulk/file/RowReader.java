package org.mekong.registry.bulk.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into rows, and holds one of them at a time, however long the file is. A row of CSV
 * may hold line ends between quotes. Rows are whole UTF-8 without NUL; blank ones are passed over.
 * Not thread-safe.
 */
public final class RowReader {

  private static final int READ_AT_ONCE = 1 << 16;
  private static final int[] MARK = {0xEF, 0xBB, 0xBF};

  private final InputStream in;
  private final boolean quoted;
  private final int longest;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer decoded;
  private final byte[] buffer = new byte[READ_AT_ONCE];
  private int at;
  private int end;
  private byte[] row = new byte[1024];
  private int length;
  private long number;

  /** Where a byte of a row stands. */
  private enum Place {
    BEGIN,
    PLAIN,
    QUOTED,
    BEHIND_QUOTE
  }

  /**
   * Rows of a file.
   *
   * @param longest bytes of the longest row
   */
  public RowReader(InputStream in, FileFormat format, int longest) {
    this.in = in;
    this.quoted = format == FileFormat.CSV;
    this.longest = longest;
    this.number = quoted ? -1 : 0;
    this.decoded = CharBuffer.allocate(longest);
  }

  /** The number of the row that was read last: from 1, with the header of CSV as 0. */
  public long number() {
    return number;
  }

  /**
   * The next row without its line end; nothing at the end of the file.
   *
   * @throws FormException when the form does not hold here; no row after it can be read
   */
  public byte @Nullable [] next() throws IOException, FormException {
    if (end == 0) {
      begin();
    }
    while (true) {
      number++;
      boolean more = quoted ? csv() : line();
      if (length > 0) {
        encoding();
        return Arrays.copyOf(row, length);
      }
      number--;
      if (!more) {
        return null;
      }
    }
  }

  private void begin() throws IOException, FormException {
    end = in.readNBytes(buffer, 0, READ_AT_ONCE);
    if (end >= 2) {
      int first = buffer[0] & 0xFF;
      int second = buffer[1] & 0xFF;
      if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
        throw FormException.of("encoding", "is written in UTF-16: save it as UTF-8");
      }
    }
    boolean marked = end >= MARK.length;
    for (int i = 0; marked && i < MARK.length; i++) {
      marked = (buffer[i] & 0xFF) == MARK[i];
    }
    at = marked ? MARK.length : 0;
  }

  private boolean line() throws IOException, FormException {
    length = 0;
    for (int b = read(); b >= 0; b = read()) {
      if (b == '\n') {
        trim();
        return true;
      }
      add(b, false);
    }
    trim();
    return false;
  }

  /** A line that holds nothing but blanks is none. */
  private void trim() {
    if (length > 0 && row[length - 1] == '\r') {
      length--;
    }
    for (int i = 0; i < length; i++) {
      if (row[i] != ' ' && row[i] != '\t') {
        return;
      }
    }
    length = 0;
  }

  private boolean csv() throws IOException, FormException {
    length = 0;
    Place place = Place.BEGIN;
    for (int b = read(); b >= 0; b = read()) {
      if (place != Place.QUOTED && (b == '\n' || b == '\r')) {
        if (b == '\r' && peek() == '\n') {
          at++;
        }
        return true;
      }
      place = next(place, b);
      add(b, place == Place.QUOTED);
    }
    if (place == Place.QUOTED) {
      throw openQuote();
    }
    return false;
  }

  private Place next(Place place, int b) throws FormException {
    return switch (place) {
      case QUOTED -> b == '"' ? Place.BEHIND_QUOTE : Place.QUOTED;
      case BEHIND_QUOTE -> {
        if (b != '"' && b != ',') {
          throw FormException.of(number, "quote", "goes on behind a closing quote");
        }
        yield b == '"' ? Place.QUOTED : Place.BEGIN;
      }
      case BEGIN, PLAIN -> {
        if (b == '"' && place == Place.PLAIN) {
          throw FormException.of(number, "quote", "holds a quote in a text that has no quotes");
        }
        yield b == '"' ? Place.QUOTED : b == ',' ? Place.BEGIN : Place.PLAIN;
      }
    };
  }

  private void add(int b, boolean inQuotes) throws FormException {
    if (b == 0) {
      throw FormException.of(number, "nul", "holds a NUL byte: save the file as UTF-8");
    }
    if (length == longest) {
      throw inQuotes
          ? openQuote()
          : FormException.of(number, "row-length", "is longer than " + longest + " bytes");
    }
    if (length == row.length) {
      row = Arrays.copyOf(row, Math.min(longest, 2 * length));
    }
    row[length++] = (byte) b;
  }

  private FormException openQuote() {
    return FormException.of(number, "quote", "opens a quote that does not end");
  }

  private void encoding() throws FormException {
    for (int i = 0; i < length; i++) {
      if (row[i] < 0) {
        decoded.clear();
        utf8.reset();
        if (utf8.decode(ByteBuffer.wrap(row, 0, length), decoded, true).isError()) {
          throw FormException.of(number, "encoding", "is not UTF-8: save the file as UTF-8");
        }
        return;
      }
    }
  }

  private int peek() throws IOException {
    return at < end || fill() ? buffer[at] & 0xFF : -1;
  }

  private int read() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, READ_AT_ONCE);
    at = 0;
    end = Math.max(read, 0);
    if (read < 0) {
      end = 0;
      return false;
    }
    return read > 0 || fill();
  }
}
