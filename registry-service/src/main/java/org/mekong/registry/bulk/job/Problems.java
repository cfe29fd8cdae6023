package org.mekong.registry.bulk.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mekong.registry.bulk.file.FileFormat;
import org.mekong.registry.problem.Violation;

/** What is wrong with the rows of an import, as a file. It holds no value of any row. */
@ApplicationScoped
class Problems {

  private static final int AT_ONCE = 1000;
  private static final String NEXT =
      "select row_number, place, field, rule, detail from bulk_problem where import_id = ?"
          + " and (row_number, place) > (?, ?) order by row_number, place limit "
          + AT_ONCE;

  private final DataSource database;
  private final ObjectMapper json;

  Problems(DataSource database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  private record Line(long row, int place, Violation violation) {}

  private interface Sink {
    void write(Line line) throws IOException;
  }

  /** Writes the file, and holds no connection while its reader is slow. */
  void write(UUID id, FileFormat format, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    if (format == FileFormat.CSV) {
      CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(writer);
      csv.writeRecord("row", "field", "rule", "detail");
      all(
          id,
          line ->
              csv.writeRecord(
                  Long.toString(line.row()),
                  line.violation().field(),
                  line.violation().rule(),
                  line.violation().detail()));
      csv.flush();
    } else {
      try (JsonGenerator lines = json.getFactory().createGenerator(writer)) {
        lines.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        lines.setPrettyPrinter(null);
        lines.setRootValueSeparator(new SerializedString("\n"));
        all(id, line -> write(line, lines));
      }
    }
    writer.write(format == FileFormat.CSV ? "" : "\n");
    writer.flush();
  }

  private static void write(Line line, JsonGenerator lines) throws IOException {
    lines.writeStartObject();
    lines.writeNumberField("row", line.row());
    lines.writeStringField("field", line.violation().field());
    lines.writeStringField("rule", line.violation().rule());
    lines.writeStringField("detail", line.violation().detail());
    lines.writeEndObject();
  }

  private void all(UUID id, Sink sink) throws IOException {
    Line last = new Line(-1, 0, new Violation("", "", ""));
    List<Line> lines;
    do {
      lines = after(id, last);
      for (Line line : lines) {
        sink.write(line);
        last = line;
      }
    } while (lines.size() == AT_ONCE);
  }

  private List<Line> after(UUID id, Line last) throws IOException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setObject(1, id);
      select.setLong(2, last.row());
      select.setInt(3, last.place());
      List<Line> lines = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          lines.add(
              new Line(
                  row.getLong(1),
                  row.getInt(2),
                  new Violation(row.getString(3), row.getString(4), row.getString(5))));
        }
      }
      return lines;
    } catch (SQLException e) {
      throw new IOException("The problems of an import cannot be read", e);
    }
  }
}
