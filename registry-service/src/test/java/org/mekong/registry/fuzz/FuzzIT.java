package org.mekong.registry.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.testing.Wire;

/**
 * Every operation of the OpenAPI document, with each of its examples spoilt in one place at a time:
 * never a failure of the service, always a problem document, and nothing stored of what is refused.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class FuzzIT {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** How many times as much is tried as in every build: {@code -Dmekong.fuzz=10}. */
  private static final int MORE = Integer.getInteger("mekong.fuzz", 1);

  private static final int MOST_BODIES = 24 * MORE;
  private static final int MOST_BODIES_OF_ONE_OF_MANY = 10 * MORE;
  private static final int MOST_VALUES = Math.min(4 * MORE, Mutations.PARAMETERS.size());
  private static final ObjectMapper JSON = new ObjectMapper();

  TestSetting setting;
  @Inject DataSource database;
  private final Random random = new Random(20_260_600 + MORE);
  private final List<String> faults = new ArrayList<>();
  private final Map<Integer, Integer> answers = new TreeMap<>();
  private Wire wire;
  private long rows;

  @Test
  void noOperationFailsWhateverItIsSent() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    wire = new Wire(setting, client);
    String token = token(client);
    rows = rows();
    JsonNode api = JSON.readTree(client.open().get("/q/openapi?format=json").asString());
    int operations = 0;
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        boolean ours = path.getKey().startsWith("/v1/") || path.getKey().startsWith("/admin/");
        if (ours && METHODS.contains(operation.getKey()) && !startsWork(path.getKey())) {
          operations++;
          fuzz(token, path.getKey(), operation.getKey(), operation.getValue());
        }
      }
    }
    assertEquals(List.of(), faults, () -> answers.toString());
    int requests = answers.values().stream().mapToInt(Integer::intValue).sum();
    assertTrue(operations >= 20 && requests > 1_000, operations + " operations, " + answers);
    assertTrue(answers.getOrDefault(400, 0) > requests / 3, "most reach a rule: " + answers);
    assertTrue(answers.containsKey(201), "some are harmless: " + answers);
  }

  /** What starts work beside the request changes rows while others are counted. */
  private static boolean startsWork(String path) {
    return path.contains("populations")
        || path.contains("runs")
        || path.contains("/log")
        || path.contains("/stream");
  }

  private void fuzz(String token, String template, String method, JsonNode operation)
      throws SQLException, JsonProcessingException {
    String query = query(operation, "");
    for (String path : Mutations.paths(template, t -> filled(t, operation))) {
      send(token, method, path + query, "", template);
    }
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query")) {
        List<String> values = new ArrayList<>(Mutations.PARAMETERS);
        Collections.shuffle(values, random);
        for (String value : values.subList(0, MOST_VALUES)) {
          String name = parameter.path("name").asText();
          String spoilt = query(operation, name);
          send(
              token,
              method,
              filled(template, operation)
                  + spoilt
                  + (spoilt.isEmpty() ? "?" : "&")
                  + name
                  + "="
                  + value,
              example(operation),
              template + " " + name);
        }
      }
    }
    JsonNode examples = operation.at("/requestBody/content/application~1json/examples");
    int most = examples.size() > 5 ? MOST_BODIES_OF_ONE_OF_MANY : MOST_BODIES;
    for (Map.Entry<String, JsonNode> example : examples.properties()) {
      JsonNode value = example.getValue().get("value");
      JsonNode body = value.isTextual() ? JSON.readTree(value.asText()) : value;
      List<Map.Entry<String, String>> mutations = new ArrayList<>(Mutations.of(body).entrySet());
      Collections.shuffle(mutations, random);
      for (Map.Entry<String, String> mutation :
          mutations.subList(0, Math.min(most, mutations.size()))) {
        send(
            token,
            method,
            filled(template, operation) + query,
            mutation.getValue(),
            template + " " + example.getKey() + " " + mutation.getKey());
      }
    }
  }

  private void send(String token, String method, String path, String body, String what)
      throws SQLException {
    Map<String, String> headers =
        method.equals("get") ? Map.of() : Map.of("Idempotency-Key", UUID.randomUUID().toString());
    String sent = method.equals("get") ? "" : body;
    String verb = method.toUpperCase(Locale.ROOT);
    Wire.Answer answer =
        body.contains("\"requester\"")
            ? wire.sendAsGateway(verb, path, headers, sent)
            : wire.send(token, verb, path, headers, sent);
    int status = answer.status();
    answers.merge(status, 1, Integer::sum);
    if (status >= 500) {
      faults.add(method + " " + what + " answers " + status);
    } else if (status >= 400) {
      if (!answer.type().startsWith("application/problem+json")) {
        faults.add(method + " " + what + " answers " + status + " as " + answer.type());
      }
    }
    long after = rows();
    if (status >= 400 && after != rows) {
      faults.add(method + " " + what + " is refused by " + status + " and leaves rows");
    }
    rows = after;
  }

  private static String filled(String template, JsonNode operation) {
    String path = template;
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("path")) {
        String example = text(parameter);
        path =
            path.replaceAll(
                "\\{" + parameter.path("name").asText() + "[^}]*}",
                example.isEmpty() ? "0193a5b2-7c11-7d33-9a55-000000000001" : example);
      }
    }
    return path;
  }

  /** The examples of all query parameters but one. */
  private static String query(JsonNode operation, String but) {
    List<String> given = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asText();
      boolean required = parameter.path("required").asBoolean();
      if (parameter.path("in").asText().equals("query") && required && !name.equals(but)) {
        given.add(name + "=" + text(parameter));
      }
    }
    return given.isEmpty() ? "" : "?" + String.join("&", given);
  }

  private static String text(JsonNode parameter) {
    JsonNode example = parameter.path("example");
    return example.isMissingNode() ? parameter.at("/schema/examples/0").asText() : example.asText();
  }

  private static String example(JsonNode operation) throws JsonProcessingException {
    for (JsonNode example : operation.at("/requestBody/content/application~1json/examples")) {
      JsonNode value = example.get("value");
      return value.isTextual() ? value.asText() : JSON.writeValueAsString(value);
    }
    return "";
  }

  private static String token(RegistryClient client) {
    String[] fields = {"names", "sex", "vital_events", "disclosures", "date_of_birth"};
    List<Map<String, Object>> details = new ArrayList<>();
    for (String kind : List.of("read", "verify", "search", "match")) {
      details.add(RegistryClient.grant("civil-registration", kind, fields));
      details.add(RegistryClient.grant("administration", kind, fields));
    }
    return client.token("person.read person.write feed.read registry.admin", details);
  }

  private long rows() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from person) + (select count(*) from person_event)"
                    + " + (select count(*) from vital_event) + (select count(*) from identifier)"
                    + " + (select count(*) from household_member)"
                    + " + (select count(*) from operation) + (select count(*) from policy)")) {
      row.next();
      return row.getLong(1);
    }
  }
}
