package org.mekong.registry.population;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. */
final class CopyText {

  private final StringBuilder text = new StringBuilder(1 << 16);

  /** Adds a row. */
  void row(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append('\t');
      }
      Object value = values[i];
      if (value == null) {
        text.append("\\N");
      } else if (value instanceof String[] array) {
        escape(array(array));
      } else {
        escape(value.toString());
      }
    }
    text.append('\n');
  }

  /** What was added since the last time. */
  String take() {
    String taken = text.toString();
    text.setLength(0);
    return taken;
  }

  private static String array(String[] values) {
    return Arrays.stream(values)
        .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char sign = value.charAt(i);
      switch (sign) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(sign);
      }
    }
  }
}
