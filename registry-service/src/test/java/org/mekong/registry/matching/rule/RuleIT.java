package org.mekong.registry.matching.rule;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.matching.MatchingClient;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class RuleIT {

  private static final String RULES = "/admin/v1/matching/rules";

  TestSetting setting;
  private MatchingClient client;

  @BeforeEach
  void connect() {
    client = new MatchingClient(setting);
  }

  @Test
  void onlyAdministratorsChangeTheRules() {
    RegistryClient plain = client.plain();
    String token = plain.token("duplicate.review person.write person.read", List.of());
    for (String path :
        List.of(RULES, RULES + "/1", "/admin/v1/matching/runs/" + UUID.randomUUID())) {
      plain.as(token, "GET", path).get(path).then().statusCode(403);
    }
    for (String path : List.of(RULES, "/admin/v1/matching/runs", "/admin/v1/matching/dry-runs")) {
      plain
          .as(token, "POST", path)
          .header("Idempotency-Key", UUID.randomUUID().toString())
          .body("{}")
          .post(path)
          .then()
          .statusCode(403);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "name|required|/name|",
        "blockLimit|range|/blockLimit|1",
        "blockLimit|range|/blockLimit|100000",
        "blocking|size|/blocking|[]",
        "blocking[0].name|name|/blocking/0/name|\"Name!\"",
        "blocking[1].name|unique|/blocking/1/name|\"name_and_year\"",
        "blocking[0].parts|size|/blocking/0/parts|[]",
        "blocking[0].parts[0]|known-code|/blocking/0/parts|[\"shoe_size\"]",
        "blocking[0].parts[1]|unique|/blocking/0/parts|[\"sex\",\"sex\"]",
        "blocking[1].parts|unique|/blocking/1/parts|[\"birth_year\",\"name_sound\"]",
        "fields|required|/fields|{}",
        "fields|known-code|/fields/shoe_size|{\"same\":1,\"different\":-1}",
        "fields.sex.same|required|/fields/sex|{\"different\":-1}",
        "fields.sex|known-code|/fields/sex|{\"same\":1,\"similar\":0,\"different\":-1}",
        "fields.sex.same|range|/fields/sex|{\"same\":1e300,\"different\":-1}",
        "fields.sex|order|/fields/sex|{\"same\":-1,\"different\":1}",
        "limits[0].field|known-code|/limits/0/field|\"numbers_\"",
        "limits[0].level|known-code|/limits/0/level|\"missing\"",
        "limits[0].atMost|known-code|/limits/0/atMost|\"match\"",
        "thresholds.possible|required|/thresholds|{\"match\":3}",
        "thresholds.match|order|/thresholds|{\"possible\":3,\"match\":3}",
      })
  void refusesRulesThatWouldNotDoWhatTheySay(
      String field, String rule, String pointer, String value) {
    JsonNode rules = first();
    int slash = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) rules.at(pointer.substring(0, slash));
    if (value == null) {
      parent.remove(pointer.substring(slash + 1));
    } else {
      parent.set(pointer.substring(slash + 1), MatchingClient.json(value));
    }
    client
        .admin("POST", RULES, rules.toString())
        .then()
        .statusCode(400)
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(rule));
  }

  @Test
  void aVersionIsKeptAndHoldsOnceItIsPutInForce() {
    ObjectNode rules = (ObjectNode) first();
    rules.put("name", "Tried");
    String key = UUID.randomUUID().toString();
    String token = client.plain().token("registry.admin", List.of());
    String location =
        client
            .plain()
            .as(token, "POST", RULES)
            .header("Idempotency-Key", key)
            .body(rules.toString())
            .post(RULES)
            .then()
            .statusCode(201)
            .header("Location", startsWith(RULES))
            .body("inForce", equalTo(false))
            .extract()
            .header("Location");
    client
        .plain()
        .as(token, "POST", RULES)
        .header("Idempotency-Key", key)
        .body(rules.toString())
        .post(RULES)
        .then()
        .statusCode(201)
        .header("Location", equalTo(location));
    int version = Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    JsonNode read = MatchingClient.json(client.admin("GET", location, "").asString());
    assertEquals(rules.path("limits"), read.at("/rules/limits"));
    assertEquals(rules.path("blocking"), read.at("/rules/blocking"));

    for (int put : List.of(version, 1)) {
      client
          .admin("PUT", RULES + "/in-force", "{\"version\":" + put + "}")
          .then()
          .statusCode(200)
          .body("version", equalTo(put))
          .body("inForce", equalTo(true));
    }
    client
        .admin("GET", RULES + "?limit=100", "")
        .then()
        .statusCode(200)
        .body("versions.version", hasItems(1, version))
        .body("versions.findAll{it.inForce}.version", equalTo(List.of(1)));
    String next =
        client
            .admin("GET", RULES + "?limit=1", "")
            .then()
            .body("versions.size()", equalTo(1))
            .extract()
            .path("next");
    client
        .admin("GET", RULES + "?limit=1&cursor=" + next, "")
        .then()
        .statusCode(200)
        .body("versions.size()", equalTo(1));
    client
        .admin("PUT", RULES + "/in-force", "{\"version\":9999}")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("version"));
    client.admin("GET", RULES + "/9999", "").then().statusCode(404);
    client.admin("GET", RULES + "?cursor=zero", "").then().statusCode(400);
  }

  private JsonNode first() {
    return MatchingClient.json(
            client.admin("GET", RULES + "/1", "").then().statusCode(200).extract().asString())
        .path("rules");
  }
}
