package org.mekong.registry.bulk.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowReaderTest {

  private static final int LONGEST = 65_536;

  private static List<String> rows(FileFormat format, byte[] content)
      throws IOException, FormException {
    RowReader reader = new RowReader(new ByteArrayInputStream(content), format, LONGEST);
    List<String> rows = new ArrayList<>();
    for (byte[] row = reader.next(); row != null; row = reader.next()) {
      rows.add(new String(row, StandardCharsets.UTF_8));
    }
    return rows;
  }

  private static List<String> rows(FileFormat format, String content)
      throws IOException, FormException {
    return rows(format, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String fault(FileFormat format, byte[] content) {
    FormException refused = assertThrows(FormException.class, () -> rows(format, content));
    return refused.violation().field() + " " + refused.violation().rule();
  }

  private static String fault(FileFormat format, String content, Charset in) {
    return fault(format, content.getBytes(in));
  }

  @Test
  void cutsLinesAtAnyLineEndAndPassesOverBlankOnes() throws Exception {
    assertEquals(List.of("a", "b", "c"), rows(FileFormat.NDJSON, "\n a\r\n\r\nb\n  \t\nc".strip()));
    assertEquals(List.of("h", "a", "b", "c"), rows(FileFormat.CSV, "h\r\na\nb\rc\r\n\r\n"));
    assertEquals(List.of(), rows(FileFormat.CSV, ""));
    assertEquals(List.of(), rows(FileFormat.NDJSON, "\n\n"));
  }

  @Test
  void passesOverAByteOrderMark() throws Exception {
    assertEquals(List.of("ref", "1"), rows(FileFormat.CSV, "\uFEFFref\n1\n"));
    assertEquals(List.of("{}"), rows(FileFormat.NDJSON, "\uFEFF{}"));
  }

  @Test
  void keepsLineEndsBetweenQuotes() throws Exception {
    assertEquals(
        List.of("h", "\"a\nb\"\"c\",\"\"", "d"), rows(FileFormat.CSV, "h\n\"a\nb\"\"c\",\"\"\nd"));
  }

  @Test
  void refusesOtherEncodings() {
    assertEquals("file encoding", fault(FileFormat.CSV, "ref\nĐinh", StandardCharsets.UTF_16));
    assertEquals("header nul", fault(FileFormat.CSV, "ref\nĐinh", StandardCharsets.UTF_16LE));
    assertEquals("row 1 nul", fault(FileFormat.NDJSON, "{}", StandardCharsets.UTF_16BE));
    assertEquals(
        "row 2 encoding", fault(FileFormat.CSV, "ref\nan\nNguyên\n", StandardCharsets.ISO_8859_1));
  }

  @Test
  void refusesQuotesThatDoNotEndOrStandAnywhere() {
    Charset utf8 = StandardCharsets.UTF_8;
    assertEquals("row 2 quote", fault(FileFormat.CSV, "h\na\n\"b,c\nd\ne", utf8));
    assertEquals("row 1 quote", fault(FileFormat.CSV, "h\n\"" + "x\n".repeat(LONGEST), utf8));
    assertEquals("row 1 quote", fault(FileFormat.CSV, "h\na\"b\n", utf8));
    assertEquals("row 1 quote", fault(FileFormat.CSV, "h\n\"a\"b\n", utf8));
    assertEquals("header quote", fault(FileFormat.CSV, "\"h\n", utf8));
  }

  @Test
  void refusesNulAndLinesWithoutEnd() {
    Charset utf8 = StandardCharsets.UTF_8;
    assertEquals("row 1 nul", fault(FileFormat.CSV, "h\na\0b\n", utf8));
    assertEquals("row 1 nul", fault(FileFormat.NDJSON, "{\0}", utf8));
    assertEquals("row 1 row-length", fault(FileFormat.NDJSON, "x".repeat(10 << 20), utf8));
    assertEquals("header row-length", fault(FileFormat.CSV, "c,".repeat(1_000_000) + "\n", utf8));
    assertEquals(
        "row 1 row-length", fault(FileFormat.CSV, "h\n" + ",".repeat(1_000_000) + "\n", utf8));
  }

  @Test
  void aRowMayBeAsLongAsTheLimit() throws Exception {
    assertEquals(LONGEST, rows(FileFormat.NDJSON, "x".repeat(LONGEST) + "\n").getFirst().length());
  }

  @Test
  void holdsOneRowHoweverLongTheFile() throws Exception {
    long length = 1L << 30;
    InputStream endless =
        new InputStream() {
          private long at;

          @Override
          public int read() {
            return at++ < length ? at % 64 == 0 ? '\n' : 'x' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int size) {
            int read = (int) Math.min(size, length - at);
            for (int i = 0; i < read; i++) {
              bytes[offset + i] = (byte) read();
            }
            return read == 0 ? -1 : read;
          }
        };
    RowReader reader = new RowReader(endless, FileFormat.NDJSON, LONGEST);
    long rows = 0;
    while (reader.next() != null) {
      rows++;
    }
    assertEquals(length / 64, rows);
    assertEquals(rows, reader.number());
    assertNull(reader.next());
  }
}
