package org.mekong.registry.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.LogScan;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.testing.Wire;

/**
 * Personal data put into every place of every operation that takes a text: the log's lines, the
 * metrics, the problem documents and the entries of the transparency log hold none of it.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class LeakSweepIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Answers differ by what is held, not by what was sent, and work goes on after the request. */
  private static final List<String> STARTS_WORK = List.of("populations", "runs", "log/", "/stream");

  /** A name in two spellings, a number, an address, ways to reach somebody. */
  private static final List<String> SECRETS =
      List.of(
          "Quáchxyzzy Thuậnplugh",
          "Quachxyzzy",
          "045199730241",
          "Phường Xyzzy 17",
          "+84912345670",
          "hoa.xyzzy@example.vn");

  TestSetting setting;
  @Inject DataSource database;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final List<String> refusals = new ArrayList<>();
  private RegistryClient client;
  private Wire wire;
  private String token = "";
  private int requests;

  @Test
  void whatIsSentIsNeitherLoggedNorCountedNorRepeated() throws Exception {
    client = new RegistryClient(setting);
    wire = new Wire(setting, client);
    token =
        client.token(
            "person.read person.write registry.admin duplicate.review feed.read register.export"
                + " register.import",
            grants());
    JsonNode paths =
        JSON.readTree(client.open().get("/q/openapi?format=json").asString()).path("paths");
    LogScan scan = new LogScan(lines);
    Logger.getLogger("").addHandler(scan);
    try {
      register();
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        boolean ours = path.getKey().startsWith("/v1/") || path.getKey().startsWith("/admin/");
        for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
          if (ours
              && METHODS.contains(operation.getKey())
              && STARTS_WORK.stream().noneMatch(path.getKey()::contains)) {
            sweep(operation.getKey(), path.getKey(), operation.getValue());
          }
        }
      }
    } finally {
      Logger.getLogger("").removeHandler(scan);
    }
    assertTrue(requests > 500 && refusals.size() > 300, requests + ", " + refusals.size());
    assertTrue(lines.size() > 300, lines.size() + " lines");
    List<String> leaks = new ArrayList<>();
    found("log", String.join("\n", lines), leaks);
    found("metrics", client.open().get("/q/metrics").asString(), leaks);
    refusals.forEach(refusal -> found("problem", refusal, leaks));
    found("transparency log", entries(), leaks);
    assertEquals(List.of(), leaks);
  }

  private static void found(String where, String text, List<String> leaks) {
    for (String secret : SECRETS) {
      int at = text.indexOf(secret);
      if (at >= 0) {
        leaks.add(where + ": " + text.substring(Math.max(0, at - 80), at));
      }
    }
  }

  private void sweep(String method, String template, JsonNode operation) throws Exception {
    String path = template.replaceAll("\\{[A-Za-z]+[^}]*}", UUID.randomUUID().toString());
    String query = required(operation, "");
    for (String secret : SECRETS) {
      String inPath =
          template.replaceAll("\\{[A-Za-z]+[^}]*}", encoded(secret).replace("%2F", "-"));
      send(method, inPath + query, "", Map.of());
      for (JsonNode parameter : operation.path("parameters")) {
        if (parameter.path("in").asText().equals("query")) {
          String name = parameter.path("name").asText();
          String rest = required(operation, name);
          String url = path + rest + (rest.isEmpty() ? "?" : "&") + name + "=" + encoded(secret);
          send(method, url, example(operation).toString(), Map.of());
        }
      }
    }
    String secret = SECRETS.get(1);
    for (String header : List.of("Idempotency-Key", "If-Match", "X-Request-Id", "Accept")) {
      send(
          method,
          path + query,
          example(operation).toString(),
          Map.of(header, "\"" + secret + "\""));
    }
    sweepBody(method, path + query, operation);
  }

  private void sweepBody(String method, String url, JsonNode operation) throws Exception {
    JsonNode example = example(operation);
    if (!example.isObject()) {
      return;
    }
    List<JsonNode> places = new ArrayList<>();
    List<JsonNode> bodies = new ArrayList<>();
    collect(example, places);
    for (int i = 0; i < places.size(); i++) {
      for (String secret : SECRETS.subList(0, 3)) {
        JsonNode copy = example.deepCopy();
        List<JsonNode> same = new ArrayList<>();
        collect(copy, same);
        spoil(same.get(i), secret);
        bodies.add(copy);
      }
    }
    for (JsonNode body : bodies) {
      send(method, url, body.toString(), Map.of());
    }
    send(method, url, "{\"" + SECRETS.getFirst() + "\":1", Map.of());
    send(method, url, "{\"x\":\"" + SECRETS.getFirst() + "\"}", Map.of());
  }

  /** Objects and arrays of a document, the places where a value can be exchanged. */
  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainerNode()) {
      places.add(node);
      node.forEach(child -> collect(child, places));
    }
  }

  /** Exchanges every plain value of one place. */
  private static void spoil(JsonNode place, String secret) {
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (object.get(name).isValueNode() && !name.equals("requestId")) {
          object.set(name, TextNode.valueOf(secret));
        }
      }
    } else if (place instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isValueNode()) {
          array.set(i, TextNode.valueOf(secret));
        }
      }
    }
  }

  private void send(String method, String url, String body, Map<String, String> headers) {
    String verb = method.toUpperCase(Locale.ROOT);
    String sent = method.equals("get") ? "" : body;
    Wire.Answer answer =
        body.contains("\"requester\"")
            ? wire.sendAsGateway(verb, url, headers, sent)
            : wire.send(token, verb, url, headers, sent);
    requests++;
    if (answer.status() >= 400) {
      refusals.add(answer.body());
    }
    assertTrue(answer.status() < 500, method + " " + url + " " + answer.status());
  }

  private void register() {
    client
        .register(
            """
            {"names":[{"family":"Quáchxyzzy","given":"Thuậnplugh"}],"dateOfBirth":"1997-05-17",
             "sex":1,"placeOfBirthRegistration":"045",
             "contact":{"phone":"+84912345670","email":"hoa.xyzzy@example.vn"},
             "residences":[{"kind":"permanent","province":"44","text":"Phường Xyzzy 17"}]}""")
        .then()
        .statusCode(201);
    for (String fields : List.of("names", "names,contact,permanent_residence")) {
      String search =
          """
          {"purpose":"civil-registration","criteria":{"name":"Quáchxyzzy Thuậnplugh"},
           "fields":["%s"]}"""
              .formatted(fields.replace(",", "\",\""));
      client
          .as(token, "POST", "/v1/persons/search")
          .body(search)
          .post("/v1/persons/search")
          .then()
          .statusCode(200);
    }
  }

  private static JsonNode example(JsonNode operation) throws Exception {
    JsonNode examples = operation.at("/requestBody/content/application~1json/examples");
    for (JsonNode example : examples) {
      JsonNode value = example.path("value");
      return value.isTextual() ? JSON.readTree(value.asText()) : value.deepCopy();
    }
    return TextNode.valueOf("");
  }

  private static String required(JsonNode operation, String but) {
    List<String> given = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asText();
      boolean required = parameter.path("required").asBoolean();
      if (parameter.path("in").asText().equals("query") && required && !name.equals(but)) {
        given.add(name + "=" + parameter.path("example").asText());
      }
    }
    return given.isEmpty() ? "" : "?" + String.join("&", given);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<Map<String, Object>> grants() {
    String[] fields = {"names", "contact", "permanent_residence", "vital_events"};
    List<Map<String, Object>> grants = new ArrayList<>();
    for (String kind : List.of("read", "verify", "search")) {
      grants.add(RegistryClient.grant("civil-registration", kind, fields));
      grants.add(RegistryClient.grant("administration", kind, fields));
    }
    return grants;
  }

  private String entries() throws SQLException {
    StringBuilder entries = new StringBuilder();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select entry from log_entry union all select entry from log_pending_entry");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.append(new String(rows.getBytes(1), StandardCharsets.UTF_8)).append('\n');
      }
    }
    assertTrue(!entries.isEmpty(), "entries were written");
    return entries.toString();
  }
}
