package org.mekong.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** What operators and integrators look at. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OperationsIT {

  Surroundings around;

  private TestAgency.Answer get(String path) {
    return new TestAgency(around)
        .send(
            HttpRequest.newBuilder(around.gateway().resolve(path))
                .header("Accept", "application/json, text/plain, text/html"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started"})
  void healthIsUp(String path) {
    TestAgency.Answer answer = get(path);

    assertEquals(200, answer.status());
    assertEquals("UP", answer.body().path("status").asText());
  }

  @Test
  void theTimeOfALookupIsMeasuredByWhoseItIs() {
    around.peerDouble().reset();
    new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815"));

    String metrics = get("/q/metrics").response().body();

    for (String part : new String[] {"own", "network", "peer"}) {
      assertTrue(metrics.contains("part=\"" + part + "\""), part);
    }
    assertTrue(metrics.contains("mekong_lookup_seconds_count{outcome=\"answered\""));
    assertFalse(metrics.contains("LA-4711"));
  }

  @Test
  void whoGoesBeforeItsAnswerIsCountedToo() throws Exception {
    URI gateway = around.gateway();
    try (Socket socket =
        around
            .anonymousContext()
            .getSocketFactory()
            .createSocket(gateway.getHost(), gateway.getPort())) {
      socket
          .getOutputStream()
          .write(
              "POST /v1/lookups HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(200); // it is being read
    }

    Pattern gone =
        Pattern.compile(
            "http_server_requests_seconds_count\\{[^}]*problem=\"none\",status=\"RESET\"");
    boolean counted = false;
    for (int i = 0; i < 50 && !counted; i++) {
      Thread.sleep(100);
      counted = gone.matcher(get("/q/metrics").response().body()).find();
    }
    assertTrue(counted, get("/q/metrics").response().body());
  }

  @Test
  void everyOperationIsDescribedWithAnExample() {
    JsonNode paths = get("/q/openapi?format=json").body().path("paths");

    assertTrue(paths.size() >= 6, paths.toString());
    paths.forEach(
        path ->
            path.forEach(
                operation -> {
                  assertFalse(operation.path("operationId").asText().isBlank());
                  assertTrue(
                      operation.toString().contains("xample"),
                      operation.path("operationId").asText());
                }));
  }

  @Test
  void whatADescriptionRefersToIsThere() {
    JsonNode document = get("/q/openapi?format=json").body();

    List<String> references = document.findValuesAsText("$ref");
    assertFalse(references.isEmpty());
    for (String reference : references) {
      assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
    }
    for (JsonNode answer : document.at("/components/responses")) {
      assertTrue(answer.toString().contains("xample"), answer.toString());
    }
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      Matcher names = Pattern.compile("[{]([A-Za-z]+)").matcher(path.getKey());
      while (names.find()) {
        assertTrue(
            path.getValue().findValuesAsText("name").contains(names.group(1)), path.getKey());
      }
    }
  }

  @Test
  void theTraceIsPassedOn() {
    around.peerDouble().reset();
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    new TestAgency(around)
        .ask(
            TestAgency.marriage("LA-4711-0815"),
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01");

    assertTrue(
        around.peerDouble().lastTraceparent().contains(trace),
        around.peerDouble().lastTraceparent());
  }
}
