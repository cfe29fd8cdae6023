package org.mekong.registry.matching;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;

/** Calls matching as an administrator, and as an officer who reviews pairs. */
public final class MatchingClient {

  /** The fields of persons that the officer's token grants. */
  public static final String[] FIELDS = {"names", "date_of_birth", "sex", "parents"};

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 60_000;

  private final RegistryClient client;

  public MatchingClient(TestSetting setting) {
    client = new RegistryClient(setting);
  }

  public RegistryClient plain() {
    return client;
  }

  /** Registers somebody; the answer. */
  public JsonNode register(String json) {
    return json(client.register(json).then().statusCode(201).extract().asString());
  }

  public Response admin(String method, String path, String body) {
    return send("registry.admin", List.of(), method, path, body, UUID.randomUUID().toString());
  }

  public Response officer(String method, String path, String body) {
    return officer(method, path, body, UUID.randomUUID().toString());
  }

  public Response officer(String method, String path, String body, String key) {
    return send(
        "duplicate.review person.write",
        List.of(RegistryClient.grant("administration", "read", FIELDS)),
        method,
        path,
        body,
        key);
  }

  private Response send(
      String scope,
      List<java.util.Map<String, Object>> details,
      String method,
      String path,
      String body,
      String key) {
    var request = client.as(client.token(scope, details), method, path);
    if (method.equals("POST")) {
      request.header("Idempotency-Key", key);
    }
    if (!body.isEmpty()) {
      request.body(body);
    }
    return request.request(method, path);
  }

  public Response decide(String pair, String body) {
    return officer("POST", "/v1/duplicates/" + pair + "/decisions", body);
  }

  /** The pair of two persons in a state, as soon as it is there. */
  public JsonNode pair(String one, String other, String state) {
    Predicate<JsonNode> both =
        pair ->
            List.of(one, other)
                .containsAll(
                    List.of(pair.path("personId").asText(), pair.path("otherId").asText()));
    for (int waited = 0; waited < PATIENCE_MILLIS; waited += 100) {
      for (JsonNode pair : pairs(state)) {
        if (both.test(pair)) {
          return pair;
        }
      }
      pause();
    }
    return fail("The pair did not become " + state);
  }

  /** Everything of one state. */
  public List<JsonNode> pairs(String state) {
    List<JsonNode> all = new java.util.ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          json(
              officer("GET", "/v1/duplicates?limit=100&state=" + state + cursor, "")
                  .then()
                  .statusCode(200)
                  .extract()
                  .asString());
      page.path("duplicates").forEach(all::add);
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  /** A job, once it is over. */
  public JsonNode finished(String location) {
    for (int waited = 0; waited < PATIENCE_MILLIS; waited += 100) {
      JsonNode job = json(admin("GET", location, "").then().statusCode(200).extract().asString());
      if (!job.path("state").asText().equals("running")) {
        return job;
      }
      pause();
    }
    return fail("The job does not end");
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
