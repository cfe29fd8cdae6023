package org.mekong.registry.bulk.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mekong.registry.bulk.file.FileFormat;
import org.mekong.registry.bulk.file.FormException;
import org.mekong.registry.bulk.file.PackedRows;
import org.mekong.registry.bulk.file.RowReader;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.problem.Violation;

class CsvRowsProperties {

  /** Cells of every kind, with all that CSV has to quote. */
  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> cell = Arbitraries.strings().withChars("a,\"\n\rĐ ;=ສ").ofMaxLength(8);
    return Arbitraries.integers()
        .between(1, 5)
        .flatMap(width -> cell.list().ofSize(width).list().ofMinSize(1).ofMaxSize(20));
  }

  @Property(tries = 500)
  void cutsFilesWhereTheLibraryDoes(@ForAll("tables") List<List<String>> table)
      throws IOException, FormException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      table.forEach(csv::writeRecord);
    }
    List<List<String>> cut = new ArrayList<>();
    RowReader rows =
        new RowReader(
            new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
            FileFormat.CSV,
            65_536);
    for (byte[] row = rows.next(); row != null; row = rows.next()) {
      cut.add(
          CsvReader.builder()
              .ofSingleCsvRecord(new String(row, StandardCharsets.UTF_8))
              .getFields());
    }
    List<List<String>> whole = new ArrayList<>();
    for (CsvRecord row : CsvReader.builder().ofCsvRecord(text.toString())) {
      whole.add(row.getFields());
    }
    assertEquals(whole, cut);
  }

  @Property(tries = 200)
  void unpacksWhatWasPacked(@ForAll List<byte[]> rows) {
    List<byte[]> unpacked = PackedRows.unpack(PackedRows.pack(rows), rows.size());
    assertEquals(
        rows.stream().map(Arrays::toString).toList(),
        unpacked.stream().map(Arrays::toString).toList());
  }

  @Provide
  Arbitrary<Map<Column, String>> cells() {
    List<Arbitrary<Map.Entry<Column, String>>> cells = new ArrayList<>();
    for (Column column : Column.values()) {
      boolean reference =
          column == Column.REF
              || column == Column.HOUSEHOLD
              || column == Column.FATHER_REF
              || column == Column.MOTHER_REF;
      Arbitrary<String> text =
          reference
              ? Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5)
              : Arbitraries.strings().withChars("aĐ1,\" ").ofMinLength(1).ofMaxLength(6);
      cells.add(text.injectNull(0.4).map(value -> entry(column, value == null ? "" : value)));
    }
    return Combinators.combine(cells)
        .as(
            all -> {
              Map<Column, String> row = new EnumMap<>(Column.class);
              all.forEach(cell -> row.put(cell.getKey(), cell.getValue()));
              return row;
            });
  }

  private static Map.Entry<Column, String> entry(Column column, String value) {
    return Map.entry(column, value);
  }

  /** Whatever the order of the columns, a cell comes to its member and is called by its column. */
  @Property(tries = 300)
  void everyCellComesToItsMember(
      @ForAll("cells") Map<Column, String> cells, @ForAll java.util.Random random) {
    List<Column> order = new ArrayList<>(List.of(Column.values()));
    java.util.Collections.shuffle(order, random);
    List<Violation> faults = new ArrayList<>();
    Header header =
        Header.read(
            order.stream()
                .map(Column::code)
                .collect(Collectors.joining(","))
                .getBytes(StandardCharsets.UTF_8),
            faults);
    assertEquals(List.of(), faults);
    assertEquals(header, Header.ofText(header.text()));
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(order.stream().map(cells::get).toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    SourceRow.Readable row =
        assertInstanceOf(
            SourceRow.Readable.class,
            new CsvRows(header, "somebody")
                .parse(
                    7, text.toString().replaceFirst("\\R$", "").getBytes(StandardCharsets.UTF_8)));
    RegisterPerson declared = row.declaration();
    assertEquals(7, row.number());
    assertEquals(value(cells, Column.DATE_OF_BIRTH), declared.dateOfBirth());
    assertEquals(value(cells, Column.ETHNICITY), declared.ethnicity());
    assertEquals(value(cells, Column.REF), row.reference());
    assertEquals("date_of_birth", row.naming().apply("dateOfBirth"));
    List<RegisterPerson.Dwelling> residences = declared.residences();
    for (int i = 0; residences != null && i < residences.size(); i++) {
      String kind = residences.get(i).kind();
      String prefix = kind.equals("current_abode") ? "abode" : kind;
      assertEquals(prefix + "_province", row.naming().apply("residences[" + i + "].province"));
    }
    if (value(cells, Column.PERMANENT_PROVINCE) == null
        && value(cells, Column.PERMANENT_COUNTRY) == null
        && value(cells, Column.PERMANENT_ADDRESS) == null
        && residences != null) {
      residences.forEach(of -> assertEquals(false, of.kind().equals("permanent")));
    }
    String alias = value(cells, Column.ALIAS);
    if (alias == null) {
      declared.names().forEach(name -> assertNull(name.kind()));
    } else {
      int last = declared.names().size() - 1;
      assertEquals(alias, declared.names().get(last).given());
      assertEquals("alias", row.naming().apply("names[" + last + "].given"));
    }
  }

  private static String value(Map<Column, String> cells, Column column) {
    String value = cells.get(column);
    return value == null || value.isEmpty() ? null : value;
  }
}
