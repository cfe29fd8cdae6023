package org.mekong.registry.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.testing.Wire;

/**
 * Every operation, for everybody, every purpose and every field, against what {@code
 * permission/operations.csv} and {@code permission/fields.csv} state. The operations come from the
 * OpenAPI document, the fields from the register: what is added there needs a line in a file.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class PrivilegeMatrixIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NUMBER = "045199000000";

  /**
   * What it does, it does at once and without a body, or without an end: not for trying who may.
   */
  private static final Set<String> NOT_TRIED =
      Set.of(
          "POST /admin/v1/log/key-renewals",
          "POST /admin/v1/statement-keys",
          "GET /v1/changes/stream");

  TestSetting setting;
  private MatrixCallers callers;
  private JsonNode paths = JSON.nullNode();

  @BeforeEach
  void read() throws Exception {
    callers = new MatrixCallers(setting);
    paths =
        JSON.readTree(callers.client().open().get("/q/openapi?format=json").asString())
            .path("paths");
  }

  @Test
  void everyOperationAndEveryFieldHasItsLine() {
    Set<String> described = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (Statement.METHODS.contains(method)) {
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    assertEquals(described, new TreeSet<>(Statement.operations().keySet()));
    Set<String> asking = new TreeSet<>();
    Statement.operations()
        .forEach(
            (operation, line) -> {
              if (!line.kind().isEmpty()) {
                asking.add(operation);
              }
            });
    Set<String> marked = new TreeSet<>();
    for (String operation : described) {
      boolean explains =
          operation(operation).path("parameters").toString().contains("parameters/explain");
      if (explains) {
        marked.add(operation);
      }
    }
    assertEquals(marked, asking);
    Set<String> fields = new TreeSet<>(Statement.statements());
    for (PersonField field : PersonField.values()) {
      fields.add(field.code());
    }
    fields.add("disclosures");
    assertEquals(fields, new TreeSet<>(Statement.fields().keySet()));
  }

  @Test
  void everyRoleComesToItsOperationsAlone() {
    List<String> wrong = new ArrayList<>();
    Statement.operations()
        .forEach(
            (operation, line) -> {
              for (String role : MatrixCallers.ROLES) {
                boolean stated = line.roles().contains(role) || line.roles().contains("anyone");
                if (stated && (line.roles().contains("anyone") || NOT_TRIED.contains(operation))) {
                  continue;
                }
                int status = attempt(operation, role).status();
                boolean shut = status == 401 || status == 403;
                if (shut == stated || status >= 500) {
                  wrong.add(role + " at " + operation + " gets " + status);
                }
              }
            });
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyFieldIsGivenForItsPurposesToItsRequestersAlone() throws Exception {
    List<String> wrong = new ArrayList<>();
    int combinations = 0;
    Set<String> purposes = Statement.purposes();
    for (Map.Entry<String, Statement.Line> entry : Statement.operations().entrySet()) {
      Statement.Line line = entry.getValue();
      if (line.kind().isEmpty()) {
        continue;
      }
      for (String requester : MatrixCallers.requesters(line.roles())) {
        for (String purpose : purposes) {
          JsonNode explanation = explained(entry.getKey(), line, requester, purpose);
          Map<String, Boolean> given = new TreeMap<>();
          explanation
              .path("fields")
              .forEach(f -> given.put(f.path("name").asText(), f.path("granted").asBoolean()));
          Map<String, Boolean> stated = new TreeMap<>();
          for (String field : line.fields()) {
            stated.put(field, Statement.gives(field, purpose, requester));
          }
          given.keySet().retainAll(stated.keySet());
          combinations += stated.size();
          if (!stated.equals(given)) {
            wrong.add(
                entry.getKey()
                    + " "
                    + requester
                    + " "
                    + purpose
                    + ": "
                    + difference(stated, given));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(combinations > 5_000, combinations + " combinations");
  }

  @Test
  void anotherPurposeOfTheTokenOpensNothing() throws Exception {
    for (Map.Entry<String, Statement.Line> entry : Statement.operations().entrySet()) {
      Statement.Line line = entry.getValue();
      if (line.kind().isEmpty()) {
        continue;
      }
      String token = callers.token("agency", "education", line.kind(), line.roles());
      JsonNode explanation = send(entry.getKey(), line, token, "agency", "civil-registration");
      assertEquals("refused", explanation.path("outcome").asText(), entry.getKey());
      explanation
          .path("fields")
          .forEach(f -> assertEquals(false, f.path("granted").asBoolean(), entry.getKey()));
    }
  }

  /** What is explained is what is given: every field of somebody of whom all is known. */
  @Test
  void whatIsGivenIsWhatIsStated() throws Exception {
    String id = callers.registerInFull();
    for (String purpose : Statement.purposes()) {
      for (String requester : List.of("agency", "police", "health")) {
        String token = callers.token(requester, purpose, "read", Set.of("read"));
        String path = "/v1/persons/" + id;
        Response answer =
            callers
                .client()
                .as(token, "GET", path)
                .get(path + "?purpose=" + purpose + "&fields=" + String.join(",", personFields()));
        Set<String> stated = new TreeSet<>();
        boolean any = false;
        for (PersonField field : PersonField.values()) {
          if (Statement.gives(field.code(), purpose, requester)) {
            any = true;
            stated.add(field.member());
          }
        }
        if (!any) {
          assertEquals(403, answer.statusCode(), purpose + " " + requester);
          continue;
        }
        stated.retainAll(MatrixCallers.HELD);
        Set<String> members = new TreeSet<>();
        JSON.readTree(answer.asString()).fieldNames().forEachRemaining(members::add);
        members.removeAll(Set.of("id", "disclosure", "receipt"));
        assertEquals(stated, members, purpose + " " + requester);
      }
    }
  }

  private static Map<String, Boolean> difference(
      Map<String, Boolean> stated, Map<String, Boolean> given) {
    Map<String, Boolean> differing = new TreeMap<>(stated);
    differing.entrySet().removeIf(each -> each.getValue().equals(given.get(each.getKey())));
    return differing;
  }

  private JsonNode explained(
      String operation, Statement.Line line, String requester, String purpose) throws Exception {
    boolean gateway = requester.startsWith("gateway");
    String token = gateway ? "" : callers.token(requester, purpose, line.kind(), line.roles());
    return send(operation, line, token, requester, purpose);
  }

  private JsonNode send(
      String operation, Statement.Line line, String token, String requester, String purpose)
      throws Exception {
    String method = operation.substring(0, operation.indexOf(' '));
    String path = filled(operation);
    Wire.Answer answer;
    if (method.equals("GET")) {
      List<String> query = new ArrayList<>(List.of("explain=true", "purpose=" + purpose));
      for (JsonNode parameter : operation(operation).path("parameters")) {
        String name = parameter.path("name").asText();
        if (name.equals("fields")) {
          query.add("fields=" + String.join(",", personFields()));
        } else if (name.startsWith("from")) {
          query.add(name + "=" + parameter.path("example").asText());
        }
      }
      answer = callers.sendWith(token, method, path + "?" + String.join("&", query), "");
    } else {
      answer =
          callers.sendWith(
              token,
              method,
              path + "?explain=true",
              body(operation, requester, purpose).toString());
    }
    assertEquals(200, answer.status(), operation + " " + requester + " " + purpose + answer.body());
    JsonNode explanation = JSON.readTree(answer.body());
    assertTrue(explanation.path("explained").asBoolean(), operation);
    assertEquals(line.kind(), explanation.path("kind").asText(), operation);
    return explanation;
  }

  /** The first example, for a purpose and for everything that can be asked there. */
  private ObjectNode body(String operation, String requester, String purpose) throws Exception {
    JsonNode example =
        operation(operation)
            .at("/requestBody/content/application~1json/examples")
            .elements()
            .next()
            .path("value");
    ObjectNode body =
        (ObjectNode) (example.isTextual() ? JSON.readTree(example.asText()) : example.deepCopy());
    body.put("purpose", purpose);
    body.remove("requester");
    if (body.has("fields")) {
      ArrayNode fields = body.putArray("fields");
      personFields().forEach(fields::add);
    }
    if (body.has("predicates")) {
      body.set("predicates", Statement.predicates(NUMBER));
    }
    for (JsonNode item : body.path("items")) {
      if (item.has("predicates")) {
        ((ObjectNode) item).set("predicates", Statement.predicates(NUMBER));
      }
    }
    if (requester.startsWith("gateway")) {
      body.set("requester", MatrixCallers.behindGateway(requester));
    }
    return body;
  }

  private static List<String> personFields() {
    List<String> fields = new ArrayList<>();
    for (PersonField field : PersonField.values()) {
      fields.add(field.code());
    }
    return fields;
  }

  private Wire.Answer attempt(String operation, String role) {
    String method = operation.substring(0, operation.indexOf(' '));
    boolean table = operation(operation).at("/requestBody/content").has("text/csv");
    return callers.send(
        role,
        method,
        filled(operation),
        table ? "text/csv" : "application/json",
        method.equals("GET") ? "" : "[");
  }

  private JsonNode operation(String operation) {
    String[] parts = operation.split(" ", 2);
    return paths.path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
  }

  private static String filled(String operation) {
    String path = operation.substring(operation.indexOf(' ') + 1);
    return path.replace("{year}", "2026")
        .replace("{path}", "checkpoint")
        .replace("{version}", "1")
        .replace("{code}", "no-such-code")
        .replace("{key}", "no-such-key")
        .replaceAll("\\{[A-Za-z]+}", UUID.randomUUID().toString());
  }
}
