package org.mekong.registry.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.LogScan;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/**
 * What is logged, measured and answered in errors while persons pass through holds none of them.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class LeakScanIT {

  private static final String FAMILY = "Quáchxyzzy";
  private static final String GIVEN = "Thuậnplugh";

  TestSetting setting;

  @Test
  void noNameNumberOrAddressLeavesByAnotherDoor() throws Exception {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    LogScan scan = new LogScan(lines);
    Logger.getLogger("").addHandler(scan);
    StringBuilder errors = new StringBuilder();
    String number;
    try {
      number = passThrough(errors);
    } finally {
      Logger.getLogger("").removeHandler(scan);
    }
    String metrics = new RegistryClient(setting).open().get("/q/metrics").asString();

    assertTrue(lines.size() > 2, "problems are logged");
    for (String secret : List.of(FAMILY, GIVEN, number, "Phường Xyzzy")) {
      assertFalse(String.join("\n", lines).contains(secret), "log: " + secret);
      assertFalse(metrics.contains(secret), "metrics: " + secret);
      assertFalse(errors.toString().contains(secret), "problem documents: " + secret);
    }
  }

  private String passThrough(StringBuilder errors) throws Exception {
    RegistryClient client = new RegistryClient(setting);
    String key = UUID.randomUUID().toString();
    String json =
        """
        {"names":[{"family":"%s","given":"%s"}],"dateOfBirth":"1990-05-17","sex":1,
         "placeOfBirthRegistration":"045",
         "residences":[{"kind":"permanent","province":"44","text":"Phường Xyzzy"}]}"""
            .formatted(FAMILY, GIVEN);
    JsonNode person =
        new ObjectMapper()
            .readTree(client.register(json, key).then().statusCode(201).extract().asString());
    String number = person.path("personalNumber").asText();
    ask(
        client,
        "/v1/verifications",
        number,
        "\"predicates\":[{\"name\":\"name_matches\",\"names\":\"" + GIVEN + "\"}]",
        200,
        errors);
    ask(client, "/v1/readings", number, "\"fields\":[\"names\",\"personal_number\"]", 200, errors);
    ask(
        client,
        "/v1/verifications",
        number,
        "\"predicates\":[{\"name\":\"" + GIVEN + "\"}]",
        400,
        errors);
    ask(
        client,
        "/v1/verifications",
        number + "!",
        "\"predicates\":[{\"name\":\"alive\"}]",
        400,
        errors);
    search(client, "\"name\":\"" + GIVEN + " " + FAMILY + "\"", 200, errors);
    search(client, "\"name\":\"" + GIVEN + "7\"", 400, errors);
    search(client, "\"" + GIVEN + "\":\"" + FAMILY + "\"", 400, errors);
    search(client, "\"personalNumber\":\"" + number + "!\"", 400, errors);
    errors.append(client.register(json.replace("\"sex\":1", "\"" + GIVEN + "\":1")).asString());
    errors.append(
        client.register(json.replace("\"sex\":1", "\"sex\":\"" + GIVEN + "\"")).asString());
    errors.append(client.register(json.replace("1990-05-17", GIVEN)).asString());
    errors.append(client.register(json.replace(GIVEN, GIVEN + "7")).asString());
    errors.append(client.register(json.replace("}]}", "")).asString());
    errors.append(client.register(json.replace("1990", "1991"), key).asString());
    errors.append(client.open().get("/v1/persons/" + person.path("id").asText()).asString());
    return number;
  }

  private static void search(
      RegistryClient client, String criteria, int status, StringBuilder errors) {
    String answer =
        client
            .asGateway()
            .body(
                """
                {"purpose":"marriage","criteria":{%s},"fields":["names"],
                 "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                    .formatted(criteria, UUID.randomUUID()))
            .post("/v1/persons/search")
            .then()
            .statusCode(status)
            .extract()
            .asString();
    if (status != 200) {
      errors.append(answer);
    }
    assertEquals(status == 200, answer.contains(FAMILY));
  }

  private static void ask(
      RegistryClient client,
      String path,
      String number,
      String question,
      int status,
      StringBuilder errors) {
    String answer =
        client
            .asGateway()
            .body(
                """
                {"purpose":"marriage","subject":{"personalNumber":"%s"},%s,
                 "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                    .formatted(number, question, UUID.randomUUID()))
            .post(path)
            .then()
            .statusCode(status)
            .extract()
            .asString();
    if (status != 200) {
      errors.append(answer);
    }
    assertEquals(status == 200, answer.contains("receipt"));
  }
}
