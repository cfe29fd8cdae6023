package org.mekong.gateway.lookup.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.gateway.access.door.Door;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** Many questions at once: each is answered as if it came alone. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BatchIT {

  private static final String ONE =
      TestAgency.marriage("LA-4711-0001").replace(", \"deadline\": \"PT5S\"", "");

  Surroundings around;
  @Inject Door door;
  private TestAgency agency;
  private URI batch;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    batch = around.gateway().resolve("/v1/lookups/batch");
    around.peerDouble().reset();
  }

  private TestAgency.Answer ask(List<String> questions, String... headers) {
    return ask("{\"lookups\": [" + String.join(",", questions) + "]}", headers);
  }

  private TestAgency.Answer ask(String body, String... headers) {
    return agency.post(batch, agency.token(), body, headers);
  }

  private static List<Integer> statuses(TestAgency.Answer answer) {
    List<Integer> statuses = new ArrayList<>();
    answer.body().path("answers").forEach(each -> statuses.add(each.path("status").asInt()));
    return statuses;
  }

  @Test
  void eachIsAnsweredOnItsOwnInTheOrderAsked() {
    var log = new PublishedLog(around);

    TestAgency.Answer answer =
        ask(
            List.of(
                ONE,
                ONE.replace("alive", "number_valid"),
                ONE.replace("\"kind\"", "\"kinds\""),
                "7",
                "null",
                ONE.replace("\"officer-7\"", "\"officer-7\", \"deadline\": \"PT5S\""),
                ONE.replace("\"LA\"", "\"TH\""),
                TestAgency.borderResident("LA-4711-0002", "[\"names\"]")));

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(List.of(200, 403, 400, 400, 400, 400, 400, 200), statuses(answer));
    JsonNode answers = answer.body().path("answers");
    assertEquals("vn-la/1/marriage/fields", answers.at("/1/problem/rule").asText());
    for (int i = 1; i < 7; i++) {
      assertFalse(
          answers.path(i).at("/problem/action").asText().isBlank(), answers.path(i)::toString);
      assertTrue(answers.path(i).path("answer").isMissingNode());
    }
    assertTrue(answers.at("/7/answer/person").has("names"));
    assertEquals(2, around.peerDouble().received().size());
    String first = answers.at("/0/answer/requestId").asText();
    String last = answers.at("/7/answer/requestId").asText();
    assertEquals(2, log.entriesOf(first).size());
    assertEquals(2, log.entriesOf(last).size());
    assertFalse(first.equals(last));
    assertEquals("vn-la/1/marriage/fields", loggedRule(log, answers.at("/1/problem")));
    assertEquals("no-peer", loggedRule(log, answers.at("/6/problem")));
    var instances = new HashSet<String>();
    answers.forEach(each -> instances.add(each.at("/problem/instance").asText()));
    assertEquals(7, instances.size(), instances::toString); // six, and none of the answered ones
  }

  /** The one rule that the log tells of the request which a problem names. */
  private static String loggedRule(PublishedLog log, JsonNode problem) {
    String id = problem.path("instance").asText().replace("urn:uuid:", "");
    List<JsonNode> entries = log.entriesOf(id);
    assertEquals(1, entries.size(), id);
    return entries.getFirst().path("rule").asText();
  }

  @Test
  void aQuestionThatIsNotAsAgreedIsToldAtTheDoorByItsOwnId() throws Exception {
    var log = new PublishedLog(around);
    door.tell();

    JsonNode problem =
        ask(List.of(ONE.replace("\"kind\"", "\"kinds\""))).body().at("/answers/0/problem");

    String id = problem.path("instance").asText().replace("urn:uuid:", "");
    for (int i = 0; i < 100 && log.entriesOf(id).isEmpty(); i++) {
      Thread.sleep(20);
    }
    assertEquals("request/malformed-request", loggedRule(log, problem));
  }

  @Test
  void aRefusalThatComesBackByItsKeyIsNamedLikeTheFirst() {
    String key = UUID.randomUUID().toString();
    List<String> refused = List.of(ONE.replace("alive", "number_valid"));

    JsonNode first = ask(refused, "Idempotency-Key", key).body();

    assertEquals(first, ask(refused, "Idempotency-Key", key).body());
  }

  @Test
  void aHundredAreDoneAFewAtATime() {
    around.peerDouble().delay(20);

    TestAgency.Answer answer = ask(Collections.nCopies(100, ONE));

    assertEquals(Collections.nCopies(100, 200), statuses(answer));
    assertEquals(100, new HashSet<>(around.peerDouble().received()).size());
    assertTrue(around.peerDouble().mostAtOnce() <= 8, "too many at once");
    assertTrue(around.peerDouble().mostAtOnce() > 1, "one after the other");
  }

  @Test
  void oneDeadlineHoldsForAll() {
    around.peerDouble().delay(400);
    long before = System.nanoTime();

    TestAgency.Answer answer =
        ask(
            "{\"deadline\": \"PT1.5S\", \"lookups\": ["
                + String.join(",", Collections.nCopies(60, ONE))
                + "]}");

    Duration took = Duration.ofNanos(System.nanoTime() - before);
    List<Integer> statuses = statuses(answer);
    assertEquals(200, statuses.getFirst(), answer.response().body());
    assertTrue(statuses.contains(504), statuses::toString);
    assertTrue(answer.response().body().contains("batch/deadline"), answer.response().body());
    assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, took::toString);
  }

  @Test
  void aKeyIsForEachQuestionByItsPlace() {
    String key = UUID.randomUUID().toString();
    String other = ONE.replace("0001", "0002");
    TestAgency.Answer first = ask(List.of(ONE, other), "Idempotency-Key", key);
    TestAgency.Answer again = ask(List.of(ONE, other), "Idempotency-Key", key);
    TestAgency.Answer changed =
        ask(List.of(ONE, ONE.replace("0001", "0003")), "Idempotency-Key", key);

    assertEquals(List.of(200, 200), statuses(first));
    assertEquals(first.body(), again.body());
    assertEquals(List.of(200, 422), statuses(changed));
    assertEquals(first.body().at("/answers/0"), changed.body().at("/answers/0"));
    assertEquals(2, around.peerDouble().received().size());
    assertEquals(200, agency.ask(ONE.replace("0001", "0004"), "Idempotency-Key", key).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"lookups\": []}",
        "{\"lookups\": {}}",
        "{\"lookups\": \"all\"}",
        "{\"lookups\": [{\"kind\": \"read\", \"kind\": \"read\"}]}",
        "{\"lookups\": [{}], \"deadline\": \"PT1H\"}",
        "{\"lookups\": [{}], \"deadline\": 5}",
        "{\"lookups\": [{}], \"purpose\": \"marriage\"}",
        "[{}]",
      })
  void aBatchThatIsNotAsAgreedIsABadRequest(String body) {
    TestAgency.Answer answer = ask(body);

    assertEquals(400, answer.status(), answer.response().body());
    assertFalse(answer.body().path("action").asText().isBlank());
  }

  @Test
  void moreThanAHundredAreABadRequestAndTooLargeOnesToo() {
    assertEquals(400, ask(Collections.nCopies(101, "{}")).status());
    assertEquals(413, ask(ONE + " ".repeat(300_000)).status());
    assertEquals(413, agency.ask(ONE + " ".repeat(70_000)).status());
  }
}
