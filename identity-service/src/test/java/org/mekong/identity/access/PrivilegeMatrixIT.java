package org.mekong.identity.access;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/**
 * Every operation of the administration, for everybody, against what {@code access/operations.csv}
 * states. The operations come from the OpenAPI document: what is added there needs a line in the
 * file.
 */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class PrivilegeMatrixIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Map<String, String> SCOPES =
      Map.of(
          "agency", "lookup",
          "registrar", "person.write",
          "auditor", "identity.audit",
          "administrator", "identity.admin");

  private Map<String, Set<String>> stated = Map.of();
  private JsonNode paths = JSON.nullNode();

  @BeforeEach
  void read() throws Exception {
    paths = JSON.readTree(given().get("/q/openapi?format=json").asString()).path("paths");
    stated = statement();
  }

  @Test
  void everyOperationHasItsLine() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey()) && path.getKey().startsWith("/admin/")) {
          described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    assertEquals(described, new TreeSet<>(stated.keySet()));
  }

  @Test
  void everyRoleComesToItsOperationsAlone() throws Exception {
    Map<String, TestSystem> systems = systems();
    List<String> wrong = new ArrayList<>();
    stated.forEach(
        (operation, roles) -> {
          for (String role : List.of("nobody", "agency", "registrar", "auditor", "administrator")) {
            boolean mayCome = roles.contains(role) || roles.contains("anyone");
            int status = attempt(operation, role, systems).statusCode();
            boolean shut = status == 401 || status == 403;
            if (shut == mayCome || status >= 500) {
              wrong.add(role + " at " + operation + " gets " + status);
            }
          }
        });
    assertEquals(List.of(), wrong);
  }

  /** One system for each scope, with tokens for this service. */
  private static Map<String, TestSystem> systems() {
    TestSystem admin = TestSystem.administrator();
    String agency = TestSystem.registered().clientId();
    Map<String, TestSystem> systems = new HashMap<>();
    SCOPES.forEach(
        (role, scope) -> {
          String id = "vn-" + UUID.randomUUID();
          JWK key = DpopClient.newKey();
          TestSystem system = new TestSystem(id, key);
          Map<String, Object> registration = system.registration();
          registration.put("agencyId", agency);
          registration.put("jwks", new JWKSet(key.toPublicJWK()).toJSONObject());
          registration.put("scopes", List.of(scope));
          registration.put("resources", List.of(TestSystem.ISSUER));
          systems.put(role, role.equals("administrator") ? admin : system);
          if (!role.equals("administrator")) {
            admin.post("/admin/v1/clients", registration).then().statusCode(201);
          }
        });
    return systems;
  }

  private static Response attempt(String operation, String role, Map<String, TestSystem> systems) {
    String method = operation.substring(0, operation.indexOf(' '));
    String path = filled(operation.substring(operation.indexOf(' ') + 1));
    RequestSpecification request = given();
    if (systems.containsKey(role)) {
      TestSystem system = systems.get(role);
      String token = system.token(SCOPES.get(role), TestSystem.ISSUER);
      request
          .header("Authorization", "DPoP " + token)
          .header("DPoP", system.dpop().proof(method, URI.create(TestSystem.ISSUER + path), token));
    }
    // A body that no operation takes: whoever comes to it is told so, and nothing is done.
    return method.equals("GET")
        ? request.get(path)
        : request.contentType("application/json").body("[").request(method, path);
  }

  private static String filled(String path) {
    return path.replace("{year}", "1999").replaceAll("\\{[A-Za-z]+}", UUID.randomUUID().toString());
  }

  private static Map<String, Set<String>> statement() throws Exception {
    Map<String, Set<String>> lines = new TreeMap<>();
    try (var file = PrivilegeMatrixIT.class.getResourceAsStream("/access/operations.csv")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(parts -> lines.put(parts[0], Set.of(parts[1].split(" "))));
    }
    return lines;
  }
}
