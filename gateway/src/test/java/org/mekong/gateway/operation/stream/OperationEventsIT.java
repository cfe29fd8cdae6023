package org.mekong.gateway.operation.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestOperations;

/** A client hears of its operations by a stream, each once, and goes on where it was. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OperationEventsIT {

  private static final String QUESTION =
      TestAgency.marriage("LA-4711-0815")
          .replace("\"deadline\": \"PT5S\"", "\"deadline\": \"PT1H\"");

  Surroundings around;
  private TestAgency agency;
  private TestOperations operations;
  private String token;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    operations = new TestOperations(around, agency);
    String client = "streaming-" + UUID.randomUUID();
    token = agency.token(claims -> claims.claim("client_id", client).subject(client));
    around.peerDouble().reset();
  }

  private record Event(String id, JsonNode data) {}

  private HttpResponse<InputStream> open(String path, String... headers) throws Exception {
    URI target = around.gateway().resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(10))
            .header("Accept", "text/event-stream")
            .header("Authorization", "DPoP " + token)
            .header("DPoP", agency.client().proof("GET", target, token));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return agency.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Reads so many events and closes the stream. */
  private static List<Event> read(HttpResponse<InputStream> stream, int count) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              List<Event> events = new ArrayList<>();
              try (Scanner lines = new Scanner(stream.body(), "UTF-8")) {
                String id = "";
                while (events.size() < count && lines.hasNextLine()) {
                  String line = lines.nextLine();
                  if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                  } else if (line.startsWith("data:")) {
                    events.add(new Event(id, StrictJson.mapper().readTree(line.substring(5))));
                  }
                }
                return events;
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .get(15, TimeUnit.SECONDS);
  }

  private String queue() {
    TestAgency.Answer queued =
        agency.post(agency.lookups(), token, QUESTION, "Prefer", "respond-async");
    assertEquals(202, queued.status(), queued.response().body());
    return queued.body().path("id").asText();
  }

  @Test
  void eachOperationIsToldOnceAndAStreamGoesOnWhereTheOneBeforeEnded() throws Exception {
    HttpResponse<InputStream> stream = open("/v1/operations/events");
    assertEquals(200, stream.statusCode());
    String first = queue();
    List<Event> told = read(stream, 1);
    String second = queue();
    String third = queue();

    List<Event> rest =
        read(open("/v1/operations/events", "Last-Event-ID", told.getFirst().id()), 2);

    assertEquals(first, told.getFirst().data().path("id").asText());
    assertEquals("answered", told.getFirst().data().path("state").asText());
    assertFalse(told.getFirst().data().has("answer"));
    assertEquals(
        List.of(second, third).stream().sorted().toList(),
        rest.stream().map(event -> event.data().path("id").asText()).sorted().toList());
  }

  @Test
  void theStreamOfOneOperationEndsWithIt() throws Exception {
    around.peerDouble().delay(300);
    String id = queue();

    List<Event> told = read(open("/v1/operations/" + id + "/events"), 5);

    assertEquals(1, told.size());
    assertEquals(id, told.getFirst().data().path("id").asText());
  }

  @Test
  void othersHearNothing() throws Exception {
    String id = operations.queue(QUESTION).body().path("id").asText();

    assertEquals(404, open("/v1/operations/" + id + "/events").statusCode());
    assertEquals(400, open("/v1/operations/events", "Last-Event-ID", "x").statusCode());
    operations.finished("/v1/operations/" + id);
  }
}
