package org.mekong.registry.population.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows of one table in the binary format of PostgreSQL's COPY, which spares both sides the making
 * and reading of texts. Kept and filled again for village after village. Not thread-safe.
 */
final class CopyRows {

  private static final Pattern STATEMENT = Pattern.compile("copy (\\w+) \\(([^)]*)\\) from stdin");
  private static final String TYPES =
      "select format_type(a.atttypid, null) from unnest(string_to_array(?, ', '))"
          + " with ordinality as c (name, place)"
          + " join pg_attribute a on a.attname = c.name and a.attrelid = ?::regclass"
          + " order by c.place";
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final long EPOCH_SECOND_2000 = 946_684_800L;
  private static final long EPOCH_DAY_2000 = 10_957;
  private static final int UUID_TYPE = 2950;
  private static final int SENT_AT_ONCE = 1 << 16;

  private final String statement;
  private final List<Type> types;
  private byte[] bytes = new byte[1 << 20];
  private int length;

  private enum Type {
    TEXT,
    UUID,
    UUIDS,
    SMALLINT,
    INTEGER,
    BOOLEAN,
    DATE,
    INSTANT;

    static Type of(String name) {
      return switch (name) {
        case "text", "json" -> TEXT;
        case "uuid" -> UUID;
        case "uuid[]" -> UUIDS;
        case "smallint" -> SMALLINT;
        case "integer" -> INTEGER;
        case "boolean" -> BOOLEAN;
        case "date" -> DATE;
        case "timestamp with time zone" -> INSTANT;
        default -> throw new IllegalStateException("No rows are made with columns of type " + name);
      };
    }
  }

  private CopyRows(String statement, List<Type> types) {
    this.statement = statement;
    this.types = types;
    begin();
  }

  /** Rows for a statement {@code copy table (columns) from stdin}. */
  static CopyRows of(Connection connection, String statement) throws SQLException {
    Matcher matcher = STATEMENT.matcher(statement);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not the COPY of a table's columns: " + statement);
    }
    List<Type> types = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(TYPES)) {
      select.setString(1, matcher.group(2));
      select.setString(2, matcher.group(1));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          types.add(Type.of(row.getString(1)));
        }
      }
    }
    return new CopyRows(statement + " (format binary)", List.copyOf(types));
  }

  /** Adds a row. A value is of the class that the table's mapping gives for the column. */
  void row(@Nullable Object... values) {
    if (values.length != types.size()) {
      throw new IllegalArgumentException("A row of another width");
    }
    ensure(2);
    int2(values.length);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        ensure(4);
        int4(-1);
      } else {
        value(types.get(i), value);
      }
    }
  }

  /** Sends the rows to the table and forgets them. */
  void send(Connection transaction) throws SQLException {
    if (length == SIGNATURE.length) {
      return;
    }
    ensure(2);
    int2(-1);
    CopyIn in = transaction.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    try {
      for (int sent = 0; sent < length; sent += SENT_AT_ONCE) {
        in.writeToCopy(bytes, sent, Math.min(SENT_AT_ONCE, length - sent));
      }
      in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
      begin();
    }
  }

  private void begin() {
    System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
    length = SIGNATURE.length;
  }

  private void value(Type type, Object value) {
    ensure(20);
    switch (type) {
      case TEXT -> text((String) value);
      case UUID -> uuid((UUID) value);
      case UUIDS -> uuids((String[]) value);
      case SMALLINT -> {
        int4(2);
        int2((Integer) value);
      }
      case INTEGER -> {
        int4(4);
        int4((Integer) value);
      }
      case BOOLEAN -> {
        int4(1);
        bytes[length++] = (byte) ((Boolean) value ? 1 : 0);
      }
      case DATE -> {
        int4(4);
        int4((int) (((LocalDate) value).toEpochDay() - EPOCH_DAY_2000));
      }
      case INSTANT -> {
        OffsetDateTime at = (OffsetDateTime) value;
        int4(8);
        int8((at.toEpochSecond() - EPOCH_SECOND_2000) * 1_000_000 + at.getNano() / 1000);
      }
    }
  }

  private void uuid(UUID id) {
    int4(16);
    int8(id.getMostSignificantBits());
    int8(id.getLeastSignificantBits());
  }

  private void uuids(String[] ids) {
    ensure(24 + 20 * ids.length);
    int4(20 + 20 * ids.length);
    int4(1);
    int4(0);
    int4(UUID_TYPE);
    int4(ids.length);
    int4(1);
    for (String id : ids) {
      uuid(UUID.fromString(id));
    }
  }

  private void text(String text) {
    int size = text.length();
    ensure(3 * size + 4);
    byte[] into = bytes;
    int begin = length + 4;
    int at = begin;
    for (int i = 0; i < size; i++) {
      char sign = text.charAt(i);
      if (sign < 0x80) {
        into[at++] = (byte) sign;
      } else if (sign < 0x800) {
        into[at++] = (byte) (0xC0 | sign >> 6);
        into[at++] = (byte) (0x80 | (sign & 0x3F));
      } else if (Character.isSurrogate(sign)) {
        int point = text.codePointAt(i++);
        into[at++] = (byte) (0xF0 | point >> 18);
        into[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
        into[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
        into[at++] = (byte) (0x80 | (point & 0x3F));
      } else {
        into[at++] = (byte) (0xE0 | sign >> 12);
        into[at++] = (byte) (0x80 | (sign >> 6 & 0x3F));
        into[at++] = (byte) (0x80 | (sign & 0x3F));
      }
    }
    int4(at - begin);
    length = at;
  }

  private void int2(int value) {
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  private void int4(int value) {
    int2(value >> 16);
    int2(value);
  }

  private void int8(long value) {
    int4((int) (value >> 32));
    int4((int) value);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
