package org.mekong.registry.statistics.publication;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table with one observation a row: codes first, then numbers. No cell needs quoting.
 *
 * @param rows each as wide as there are columns
 */
record Table(List<String> columns, List<List<Object>> rows) {

  /** The rows, each with its columns' names. */
  List<Map<String, Object>> named() {
    return rows.stream()
        .map(
            row -> {
              Map<String, Object> named = LinkedHashMap.newLinkedHashMap(row.size());
              for (int i = 0; i < columns.size(); i++) {
                named.put(columns.get(i), row.get(i));
              }
              return named;
            })
        .toList();
  }

  /** RFC 4180, with a header line. */
  String csv() {
    StringBuilder text = new StringBuilder(64 * (rows.size() + 1));
    text.append(String.join(",", columns)).append("\r\n");
    for (List<Object> row : rows) {
      text.append(row.stream().map(Object::toString).collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return text.toString();
  }
}
