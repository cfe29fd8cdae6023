package org.mekong.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** Whatever a caller sends wrongly is its own problem, said in a problem document. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BadInputIT {

  private static final String NUMBER = "LA-4711-0815";
  private static final String QUESTION = TestAgency.marriage(NUMBER);

  Surroundings around;
  private TestAgency agency;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    around.peerDouble().reset();
  }

  private void assertProblem(int status, TestAgency.Answer answer) {
    assertEquals(status, answer.status(), answer.response().body());
    assertTrue(
        answer
            .response()
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json"),
        answer.response().headers().toString());
    assertTrue(answer.body().path("type").asText().startsWith("urn:mekong:problem:"));
    assertFalse(answer.body().path("action").asText().isBlank());
    assertTrue(answer.body().path("instance").asText().startsWith("urn:uuid:"));
    assertFalse(answer.response().body().contains("4711"), answer.response().body());
    assertFalse(answer.response().body().contains("Exception"), answer.response().body());
    assertTrue(around.peerDouble().received().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "\"officer\" | \"surprise\": 1, \"officer\"",
        "\"officer\" | \"kind\": \"verify\", \"officer\"",
        "\"verify\" | \"match\"",
        "\"verify\" | 0",
        "\"verify\" | \"read\"",
        "\"verify\" | null",
        "\"LA\" | \"la\"",
        "\"LA\" | \"Laos\"",
        "\"LA\" | 17",
        "\"LA\" | [\"LA\"]",
        "\"marriage\" | \"MARRIAGE\"",
        "\"marriage\" | \"\"",
        "\"marriage\" | true",
        "\"LA-4711-0815\" | \"4711'; DROP TABLE\"",
        "\"LA-4711-0815\" | 4711",
        "\"LA-4711-0815\" | null",
        "{\"personalNumber\": \"LA-4711-0815\"} | \"LA-4711-0815\"",
        "\"alive\" | \"shoe_size\"",
        "\"alive\" | \"married\"",
        "\"alive\" | \"names\"",
        "\"alive\" | \"alive\", \"years\": 3",
        "\"years\": 18 | \"years\": -1",
        "\"years\": 18 | \"years\": \"18\"",
        "\"years\": 18 | \"years\": 18.5",
        "\"years\": 18 | \"years\": 99999999999999999999",
        ", \"years\": 18 |",
        "\"officer-7\" | \"Somchai Vong <x>\"",
        "\"officer-7\" | null",
        "\"PT5S\" | \"PT1H\"",
        "\"PT5S\" | \"-PT5S\"",
        "\"PT5S\" | \"5 seconds\"",
        "\"PT5S\" | 5",
        "\"deadline\": \"PT5S\"} | \"deadline\": \"PT5S\"} {}",
        "\"deadline\": \"PT5S\"} | \"deadline\": \"PT5S\"",
      })
  void aBodyThatIsNotAsAgreedIsABadRequest(String from, String to) {
    assertTrue(QUESTION.contains(from), from);

    assertProblem(400, agency.ask(QUESTION.replace(from, to == null ? "" : to)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "\"text\"", "{}", "{", "\u0000", "<xml/>"})
  void whatIsNoQuestionIsABadRequest(String body) {
    assertProblem(400, agency.ask(body));
  }

  @Test
  void deepNestingIsABadRequest() {
    assertProblem(400, agency.ask("{\"subject\":".repeat(5_000) + "1" + "}".repeat(5_000)));
    assertProblem(400, agency.ask("[".repeat(30_000)));
  }

  @Test
  void tooManyPredicatesAreABadRequest() {
    String many = "{\"name\": \"alive\"},".repeat(40) + "{\"name\": \"alive\"}";

    assertProblem(400, agency.ask(QUESTION.replace("{\"name\": \"alive\"}", many)));
  }

  @Test
  void anotherMediaTypeIsUnsupported() {
    String token = agency.token();
    URI lookups = agency.lookups();

    assertProblem(
        415,
        agency.send(
            HttpRequest.newBuilder(lookups)
                .header("Content-Type", "text/plain")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("POST", lookups, token))
                .POST(HttpRequest.BodyPublishers.ofString(QUESTION))));
  }

  @Test
  void aBodyOverTheLimitIsTooLarge() {
    assertProblem(413, agency.ask(QUESTION + " ".repeat(70_000)));
  }

  @Test
  void aBodyOverTheLimitThatIsNotAnnouncedIsTooLarge() {
    String token = agency.token();
    URI lookups = agency.lookups();
    byte[] large = (QUESTION + " ".repeat(200_000)).getBytes(StandardCharsets.UTF_8);

    TestAgency.Answer answer =
        agency.send(
            HttpRequest.newBuilder(lookups)
                .header("Content-Type", "application/json")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("POST", lookups, token))
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large))));

    assertProblem(413, answer);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aBodyThatIsNotAnnouncedIsAnswered(HttpClient.Version version) {
    String token = agency.token();
    URI lookups = agency.lookups();

    TestAgency.Answer answer =
        agency.send(
            HttpRequest.newBuilder(lookups)
                .version(version)
                .header("Content-Type", "application/json")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("POST", lookups, token))
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () ->
                            new ByteArrayInputStream(QUESTION.getBytes(StandardCharsets.UTF_8)))));

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(version, answer.response().version());
  }

  @Test
  void anUnknownPathIsNotFound() {
    assertProblem(404, agency.send(HttpRequest.newBuilder(around.gateway().resolve("/v1/other"))));
  }

  @Test
  void anotherMethodIsNotAllowed() {
    assertProblem(
        405, agency.send(HttpRequest.newBuilder(around.gateway().resolve("/v1/lookups"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/lookups;x=1",
        "/v1/lookups%3Bx",
        "/v1%2Flookups",
        "/v1/..%2Flookups",
        "/v1/%2E%2E/lookups",
        "/v1/../v1/lookups",
        "/v1/./lookups",
        "//v1/lookups",
        "/v1//lookups",
        "/v1/lookups%00",
        "/v1/lookups%C0%AE",
        "/v1%5Clookups",
      })
  void aPathThatReadsInTwoWaysIsRefused(String path) throws IOException {
    String answer =
        raw(
            "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.contains("urn:mekong:problem:refused-path"), answer);
  }

  private String raw(String request) throws IOException {
    URI gateway = around.gateway();
    try (SSLSocket socket =
        (SSLSocket)
            around
                .anonymousContext()
                .getSocketFactory()
                .createSocket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aRequestIdOfTheCallerIsKept() {
    String id = "01932f6e-1f2a-7c3b-8d4e-5f6071829304";
    TestAgency.Answer answer =
        agency.ask(QUESTION.replace("\"LA\"", "\"la\""), RequestIds.HEADER, id);

    assertEquals(id, answer.response().headers().firstValue(RequestIds.HEADER).orElse(""));
    assertEquals("urn:uuid:" + id, answer.body().path("instance").asText());
  }
}
