package org.mekong.registry.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.restassured.specification.SpecificationQuerier;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;

/** Imports files as an agency does. */
public final class ImportClient {

  public static final String IMPORTS = "/admin/v1/imports";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryClient client;

  public ImportClient(TestSetting setting) {
    client = new RegistryClient(setting);
  }

  public RegistryClient plain() {
    return client;
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public Response csv(String query, String content) {
    return send("text/csv; charset=utf-8", query, content.getBytes(StandardCharsets.UTF_8));
  }

  public Response ndjson(String query, String content) {
    return send("application/x-ndjson", query, content.getBytes(StandardCharsets.UTF_8));
  }

  public Response send(String type, String query, byte[] content) {
    return request(type).body(content).post(IMPORTS + query);
  }

  /** A request that may still get headers. */
  public RequestSpecification request(String type) {
    String token = client.token("register.import", List.of());
    RequestSpecification request =
        client
            .as(token, "POST", IMPORTS)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .contentType(type);
    RestAssuredConfig config = SpecificationQuerier.query(request).getConfig();
    return request.config(
        config.encoderConfig(
            EncoderConfig.encoderConfig()
                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                .encodeContentTypeAs("application/x-ndjson", ContentType.BINARY)
                .encodeContentTypeAs("text/csv", ContentType.BINARY)));
  }

  public Response get(String path) {
    String token = client.token("register.import", List.of());
    return client.as(token, "GET", path).get(path);
  }

  public Response post(String path) {
    String token = client.token("register.import", List.of());
    return client.as(token, "POST", path).post(path);
  }

  /** The import when it has ended. */
  public JsonNode ended(Response taken) {
    if (taken.statusCode() != 202) {
      throw new AssertionError(taken.statusCode() + ": " + taken.asString());
    }
    String location = taken.header("Location");
    for (int i = 0; i < 600; i++) {
      JsonNode view = json(get(location).asString());
      String state = view.path("state").asText();
      if (!state.equals("uploaded") && !state.equals("running")) {
        return view;
      }
      pause();
    }
    throw new AssertionError("The import does not end: " + get(location).asString());
  }

  /** The problems of an import, a line each: {@code row,field,rule}. */
  public List<String> problems(JsonNode view) {
    String token = client.token("register.import", List.of());
    String path = view.path("problems").asText();
    return client
        .as(token, "GET", path)
        .accept("application/x-ndjson")
        .get(path)
        .asString()
        .lines()
        .filter(line -> !line.isEmpty())
        .map(ImportClient::json)
        .map(
            line ->
                line.path("row").asText()
                    + ","
                    + line.path("field").asText()
                    + ","
                    + line.path("rule").asText())
        .toList();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Family name, given name and date of birth of somebody who is like nobody else, for the register
   * is shared with tests that look for persons who are alike.
   *
   * @param i who, from 0
   * @param year year of birth of the first; others are born in the 20 years after
   */
  public static String somebody(String family, int i, int year) {
    StringBuilder given = new StringBuilder();
    for (int rest = i + 40; rest > 0; rest /= 40) {
      given.append("bcdghklm".charAt(rest % 8)).append("aeiou".charAt(rest / 8 % 5));
    }
    given.setCharAt(0, Character.toUpperCase(given.charAt(0)));
    LocalDate born = LocalDate.of(year, 1, 1).plusDays(i * 37L % 7_300);
    return family + given + "," + given + "," + born;
  }
}
