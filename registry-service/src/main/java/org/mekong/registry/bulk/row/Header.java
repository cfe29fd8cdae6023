package org.mekong.registry.bulk.row;

import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mekong.registry.problem.Violation;

/** The header of a CSV file: which column is where. */
public record Header(List<Column> columns) {

  private static final int MOST = 200;

  public Header {
    columns = List.copyOf(columns);
  }

  /**
   * Reads a header line. What stands in it is not repeated: where a header is missing, it is
   * somebody's data.
   *
   * @param faults gets what is wrong with it
   */
  public static Header read(byte[] line, List<Violation> faults) {
    List<String> names =
        CsvReader.builder().ofSingleCsvRecord(new String(line, StandardCharsets.UTF_8)).getFields();
    List<Column> columns = new ArrayList<>();
    Set<Column> seen = EnumSet.noneOf(Column.class);
    if (names.size() > MOST) {
      faults.add(new Violation("header", "columns", "holds more than " + MOST + " columns"));
      return new Header(List.of());
    }
    for (int i = 0; i < names.size(); i++) {
      Optional<Column> column = Column.ofCode(names.get(i).strip().toLowerCase(Locale.ROOT));
      String field = "column " + (i + 1);
      if (column.isEmpty()) {
        faults.add(new Violation(field, "known-column", "has a name that is no column's"));
      } else if (!seen.add(column.get())) {
        faults.add(new Violation(column.get().code(), "unique", "is there twice"));
      } else {
        columns.add(column.get());
      }
    }
    for (Column column : Column.values()) {
      if (column.isRequired() && !seen.contains(column)) {
        faults.add(new Violation(column.code(), "required", "is missing among the columns"));
      }
    }
    return new Header(columns);
  }

  /** The header as it is stored. */
  public String text() {
    return columns.stream().map(Column::code).collect(Collectors.joining(","));
  }

  /** The header of a stored text. */
  public static Header ofText(String text) {
    return new Header(
        Arrays.stream(text.split(",", -1)).map(Column::ofCode).map(Optional::orElseThrow).toList());
  }
}
