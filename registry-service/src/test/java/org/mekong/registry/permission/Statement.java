package org.mekong.registry.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mekong.registry.person.PersonField;

/** What the two files state, read without any help of what they state it about. */
final class Statement {

  static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private static final Map<String, String> PREDICATES =
      Map.of(
          "age_over", "\"years\":18",
          "resident_of", "\"province\":\"01\"",
          "parent_of", "\"personalNumber\":\"%s\"",
          "name_matches", "\"names\":\"Hoa\"");

  private static final Map<String, Line> OPERATIONS = readOperations();
  private static final Map<String, Map<String, String>> FIELDS = readFields();

  private Statement() {}

  /** Who may come, and what is asked there. */
  record Line(Set<String> roles, String kind, List<String> fields) {}

  static Map<String, Line> operations() {
    return OPERATIONS;
  }

  /** Who is given a field, by purpose. */
  static Map<String, Map<String, String>> fields() {
    return FIELDS;
  }

  static Set<String> purposes() {
    return FIELDS.values().iterator().next().keySet();
  }

  static List<String> statements() {
    return List.of(
        "alive",
        "age_over",
        "resident_of",
        "married",
        "single",
        "parent_of",
        "name_matches",
        "number_valid");
  }

  /** Whether a requester is given a field for a purpose, whose token or agreement grants it. */
  static boolean gives(String field, String purpose, String requester) {
    String cell = FIELDS.get(field).get(purpose);
    boolean police = requester.endsWith("police");
    return (cell.contains("p") && police)
        || (cell.contains("h") && requester.equals("health"))
        || (cell.contains("g") && requester.startsWith("gateway"))
        || (cell.contains("a") && !requester.startsWith("gateway"));
  }

  /** A question with every statement. */
  static JsonNode predicates(String number) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ArrayNode all = json.createArrayNode();
    for (String name : statements()) {
      String parameter = PREDICATES.get(name);
      String text = "{\"name\":\"" + name + "\"" + (parameter == null ? "" : "," + parameter) + "}";
      all.add(json.readTree(text.formatted(number)));
    }
    return all;
  }

  private static Map<String, Line> readOperations() {
    Map<String, Line> lines = new LinkedHashMap<>();
    List<String[]> rows = rows("operations.csv");
    for (String[] row : rows.subList(1, rows.size())) {
      String[] asks = row[3].split(":", 2);
      List<String> fields = new ArrayList<>();
      if (asks.length == 2 && asks[1].equals("*")) {
        for (PersonField field : PersonField.values()) {
          fields.add(field.code());
        }
      } else if (asks.length == 2) {
        fields.addAll(asks[1].equals("!") ? statements() : List.of(asks[1].split(" ")));
      }
      lines.put(
          row[0] + " " + row[1],
          new Line(
              new LinkedHashSet<>(List.of(row[2].split(" "))),
              asks.length == 2 ? asks[0] : "",
              fields));
    }
    return lines;
  }

  private static Map<String, Map<String, String>> readFields() {
    Map<String, Map<String, String>> fields = new LinkedHashMap<>();
    List<String[]> rows = rows("fields.csv");
    String[] head = rows.getFirst();
    for (String[] row : rows.subList(1, rows.size())) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (int i = 1; i < head.length; i++) {
        cells.put(head[i], row[i]);
      }
      fields.put(row[0], cells);
    }
    return fields;
  }

  private static List<String[]> rows(String file) {
    try (InputStream in = Statement.class.getResourceAsStream("/permission/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(";", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
