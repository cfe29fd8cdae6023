package org.mekong.identity.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.testing.TestNode;

/** A body that is too large is told so, announced or not, and is no failure of ours. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class BodyLimitIT {
  private static final int LIMIT = 64 * 1024;

  @TestHTTPResource("/")
  URI root;

  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
            errors.add(logged.getLoggerName());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(handler);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(handler);
  }

  @TestFactory
  List<DynamicTest> tooLargeIs413WhetherAnnouncedOrNot() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String path : List.of("/token", "/introspect", "/revoke")) {
      for (int size : List.of(LIMIT + 1, 2 * LIMIT)) {
        for (boolean announced : List.of(true, false)) {
          tests.add(
              DynamicTest.dynamicTest(
                  path + " " + size + (announced ? " announced" : " in chunks"),
                  () -> {
                    HttpResponse<String> answer = post(path, size, announced);
                    assertEquals(413, answer.statusCode());
                    assertTrue(answer.body().contains("urn:mekong:problem:content-too-large"));
                    assertEquals(List.of(), errors, "nothing failed");
                  }));
        }
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> asLargeAsMayBeIsRead() {
    return List.of(true, false).stream()
        .map(
            announced ->
                DynamicTest.dynamicTest(
                    announced ? "announced" : "in chunks",
                    () -> assertEquals(400, post("/token", LIMIT, announced).statusCode())))
        .toList();
  }

  private HttpResponse<String> post(String path, int size, boolean announced) throws Exception {
    byte[] body = ("a=" + "x".repeat(size - 2)).getBytes(StandardCharsets.US_ASCII);
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                announced
                    ? HttpRequest.BodyPublishers.ofByteArray(body)
                    : HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
