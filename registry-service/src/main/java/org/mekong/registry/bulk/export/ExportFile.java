package org.mekong.registry.bulk.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.file.FileFormat;
import org.mekong.registry.person.PersonField;

/** Persons as rows of a file. Pure. */
final class ExportFile {

  private static final String DANGEROUS = "=+-@\t\r";
  private static final List<String> NAME = List.of("family", "middle", "given", "full");
  private static final List<String> PLACE = List.of("country", "province", "text");

  private ExportFile() {}

  /**
   * A page.
   *
   * @param persons members by the names of fields, by key
   * @param header whether a CSV file begins with it
   */
  static String of(
      Map<UUID, Map<String, Object>> persons,
      Set<PersonField> fields,
      FileFormat format,
      boolean header,
      ObjectMapper json) {
    return format == FileFormat.CSV ? csv(persons, fields, header) : lines(persons, json);
  }

  private static String lines(Map<UUID, Map<String, Object>> persons, ObjectMapper json) {
    StringBuilder lines = new StringBuilder();
    persons.forEach(
        (id, members) -> {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("id", id);
          line.putAll(members);
          try {
            lines.append(json.writeValueAsString(line)).append('\n');
          } catch (JsonProcessingException e) {
            throw new IllegalStateException("A person cannot be written");
          }
        });
    return lines.toString();
  }

  private static String csv(
      Map<UUID, Map<String, Object>> persons, Set<PersonField> fields, boolean header) {
    StringWriter text = new StringWriter();
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    if (header) {
      List<String> columns = new ArrayList<>(List.of("id"));
      fields.forEach(field -> columns.addAll(columns(field)));
      csv.writeRecord(columns);
    }
    persons.forEach(
        (id, members) -> {
          List<String> cells = new ArrayList<>(List.of(id.toString()));
          for (PersonField field : fields) {
            cells.addAll(cells(field, members.get(field.member())));
          }
          csv.writeRecord(cells);
        });
    flush(csv);
    return text.toString();
  }

  private static void flush(CsvWriter csv) {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the columns of a field. */
  private static List<String> columns(PersonField field) {
    return parts(field).stream()
        .map(part -> part.isEmpty() ? field.code() : field.code() + "_" + part)
        .toList();
  }

  private static List<String> parts(PersonField field) {
    return switch (field) {
      case NAMES -> NAME;
      case PLACE_OF_BIRTH,
          HOMETOWN,
          PERMANENT_RESIDENCE,
          TEMPORARY_RESIDENCE,
          CURRENT_ABODE,
          TEMPORARY_ABSENCE ->
          PLACE;
      case HOUSEHOLD -> List.of("id", "relationToHead");
      case LIFE_STATUS -> List.of("status", "dateOfDeath");
      case CONTACT -> List.of("phone", "email");
      default -> List.of("");
    };
  }

  private static List<String> cells(PersonField field, @Nullable Object value) {
    Object one = field == PersonField.NAMES && value instanceof List<?> list ? first(list) : value;
    return parts(field).stream()
        .map(part -> part.isEmpty() ? text(one) : text(member(one, part)))
        .map(ExportFile::harmless)
        .toList();
  }

  private static @Nullable Object first(List<?> list) {
    return list.isEmpty() ? null : list.getFirst();
  }

  private static @Nullable Object member(@Nullable Object value, String name) {
    return value instanceof Map<?, ?> map ? map.get(name) : null;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list -> list.stream().map(ExportFile::text).collect(Collectors.joining("; "));
      case Map<?, ?> map ->
          map.values().stream().map(ExportFile::text).collect(Collectors.joining(" "));
      default -> value.toString();
    };
  }

  /** A cell that a spreadsheet would take for a formula is text behind an apostrophe. */
  static String harmless(String cell) {
    return cell.isEmpty() || DANGEROUS.indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
  }
}
