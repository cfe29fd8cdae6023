package org.mekong.registry.matching.job;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.matching.MatchingClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class JobIT {

  private static final String RUNS = "/admin/v1/matching/runs";
  private static final String DRY_RUNS = "/admin/v1/matching/dry-runs";
  private static final String RULES = "/admin/v1/matching/rules";
  private static int born;

  TestSetting setting;
  @Inject DataSource database;
  private MatchingClient client;

  @BeforeEach
  void connect() {
    client = new MatchingClient(setting);
  }

  @Test
  void aRunFindsWhoWasLoadedWithoutKeys() {
    Two two = two("Nông");
    client.pair(two.one, two.other, "open");
    for (String table : List.of("match_key", "match_person", "duplicate", "duplicate_of")) {
      execute("delete from " + table);
    }
    JsonNode run = run();
    assertEquals("done", run.path("state").asText());
    assertEquals(run.path("total"), run.path("done"));
    assertTrue(run.at("/result/outcomes/match").asLong() >= 1, run.toString());
    client.pair(two.one, two.other, "open");
    assertEquals(
        number(
            "select count(*) from person where merged_into is null"
                + " and document #>> '{particulars,withheld}' = 'false'"),
        number("select count(*) from match_person where traits <> 0"));
    assertEquals(
        number("select count(*) from person"), number("select count(*) from match_person"));
    assertEquals(
        0, number("select count(*) from match_person where traits = 0 and cardinality(keys) > 0"));
  }

  @Test
  void aRunGoesOnFromWhereItStopped() {
    two("Bế");
    JsonNode run = run();
    long compared = run.at("/result/compared").asLong();
    execute(
        "update match_job set state = 'running', finished_at = null, place = null, done = 0,"
            + " result = '{\"compared\":0,\"outcomes\":{},\"scores\":{},\"changes\":{},"
            + "\"examples\":{},\"skipped\":{}}' where job_id = '"
            + run.path("id").asText()
            + "'");
    JsonNode again = client.finished(RUNS + "/" + run.path("id").asText());
    assertEquals("done", again.path("state").asText());
    assertEquals(compared, again.at("/result/compared").asLong());
  }

  @Test
  void aDryRunTellsWhatWouldChangeAndChangesNothing() {
    Two two = two("Thào");
    client.pair(two.one, two.other, "open");
    String decidedPair = decided();
    run();
    ObjectNode rules =
        (ObjectNode)
            MatchingClient.json(client.admin("GET", RULES + "/1", "").asString()).path("rules");
    rules.put("name", "Nothing is enough");
    ((ObjectNode) rules.path("thresholds")).put("possible", 59).put("match", 60);
    int version =
        client
            .admin("POST", RULES, rules.toString())
            .then()
            .statusCode(201)
            .extract()
            .path("version");
    String before = everything();

    String location =
        client
            .admin("POST", DRY_RUNS, "{\"rules\":" + version + "}")
            .then()
            .statusCode(202)
            .header("Location", startsWith(DRY_RUNS + "/"))
            .extract()
            .header("Location");
    JsonNode dry = client.finished(location);

    assertEquals("done", dry.path("state").asText());
    assertEquals(version, dry.path("rules").asInt());
    assertEquals(1, dry.path("rulesInForce").asInt());
    assertTrue(dry.at("/result/outcomes/match").isMissingNode(), dry.toString());
    assertTrue(dry.at("/result/changes/match>no").asLong() >= 1, dry.toString());
    assertTrue(dry.at("/result/scores").size() >= 1);
    JsonNode example = dry.at("/result/examples/match>no/0");
    assertTrue(example.has("personId") && example.has("otherId") && example.size() == 2);
    assertTrue(
        !dry.at("/result/examples").toString().contains(decidedPair), "decisions win over rules");
    assertEquals(before, everything());
    assertEquals(0, number("select count(*) from match_trial_key"));
    client.admin("GET", location.replace("dry-runs", "runs"), "").then().statusCode(404);
  }

  @Test
  void refusesToTryWhatIsNoVersion() {
    client
        .admin("POST", DRY_RUNS, "{\"rules\":9999}")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("rules"));
    client.admin("POST", DRY_RUNS, "{}").then().statusCode(400);
    client.admin("GET", RUNS + "/" + UUID.randomUUID(), "").then().statusCode(404);
    client
        .plain()
        .as(client.plain().token("registry.admin", List.of()), "POST", RUNS)
        .post(RUNS)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:mekong:problem:idempotency-key-required"));
  }

  @Test
  void aDecisionWinsOverNewNamesAndEveryLaterRun() {
    Two two = two("Giàng");
    String pair = client.pair(two.one, two.other, "open").path("id").asText();
    client
        .decide(pair, "{\"decision\":\"different\",\"reason\":\"Two births are proven\"}")
        .then()
        .statusCode(201);
    rename(two.other, "Giàng", "Páo");
    waitUntilNobodyIsDue();
    assertEquals("different", client.pair(two.one, two.other, "different").path("state").asText());
    run();
    assertEquals("different", client.pair(two.one, two.other, "different").path("state").asText());
  }

  @Test
  void aPairLapsesWithoutDecisionOnceNothingSpeaksForItAndComesBack() {
    Two two = two("Lò");
    client.pair(two.one, two.other, "open");
    rename(two.other, "Đinh", "Quỳnh");
    client.pair(two.one, two.other, "lapsed");
    rename(two.other, "Lò", "Páo");
    client.pair(two.one, two.other, "open");
  }

  private record Two(String one, String other) {}

  private Two two(String family) {
    String day = java.time.LocalDate.of(1931, 1, 2).plusDays(41L * born++).toString();
    return new Two(register(family, "Páo", day), register(family, "Pao", day));
  }

  private String decided() {
    Two two = two("Sùng");
    String pair = client.pair(two.one, two.other, "open").path("id").asText();
    client
        .decide(pair, "{\"decision\":\"different\",\"reason\":\"Two births are proven\"}")
        .then()
        .statusCode(201);
    return two.one;
  }

  private String register(String family, String given, String birth) {
    return client
        .register(
            """
            {"names":[{"family":"%s","given":"%s"}],"dateOfBirth":"%s","sex":1,
             "placeOfBirthRegistration":"010"}
            """
                .formatted(family, given, birth))
        .path("id")
        .asText();
  }

  private void rename(String person, String family, String given) {
    client
        .officer(
            "POST",
            "/v1/events",
            """
            {"type":"name_change","person":"%s","names":[{"family":"%s","given":"%s"}],
             "circumstances":{"occurredOn":"2025-01-01","office":"o-1","registrar":"r-1",
              "document":{"kind":"administrative-decision","number":"1"}}}
            """
                .formatted(person, family, given))
        .then()
        .statusCode(201);
  }

  private JsonNode run() {
    String location =
        client.admin("POST", RUNS, "").then().statusCode(202).extract().header("Location");
    return client.finished(location);
  }

  private void waitUntilNobodyIsDue() {
    for (int i = 0; i < 600 && number("select count(*) from match_due") > 0; i++) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What a dry run must not touch. */
  private String everything() {
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of("person", "person_event", "duplicate", "duplicate_of", "duplicate_decision")) {
      all.append(table)
          .append(' ')
          .append(number("select coalesce(sum(hashtext(t::text)::bigint), 0) from " + table + " t"))
          .append('\n');
    }
    return all.toString();
  }

  private long number(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String change) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
