package org.mekong.registry.bulk.row;

import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mekong.registry.problem.Violation;

/**
 * A row is a line of cells under the columns of the file's header.
 *
 * @param caller whose file it is: a household that it calls by a word is the same household in all
 *     files of theirs
 */
public record CsvRows(Header header, String caller) implements RowParser {

  @Override
  public SourceRow parse(long number, byte[] row) {
    List<String> cells =
        CsvReader.builder().ofSingleCsvRecord(new String(row, StandardCharsets.UTF_8)).getFields();
    if (cells.size() != header.columns().size()) {
      return new SourceRow.Unreadable(
          number,
          List.of(
              new Violation(
                  "",
                  "columns",
                  "holds %d cells under %d columns"
                      .formatted(cells.size(), header.columns().size()))));
    }
    return CellReader.read(number, header, cells, caller);
  }
}
