package org.mekong.registry.statistics.publication;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.person.Sex;
import org.mekong.registry.statistics.count.CountFill;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;

/** Statistics for everybody: what is refused, and that all answers are sums of the same figures. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class StatisticsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = "/v1/statistics/";
  private static final Set<String> CODES =
      Set.of("day", "month", "province", "sex", "ageGroup", "from", "to", "event");

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  @Inject CountFill fill;
  private RegistryClient client;

  @BeforeEach
  void connect() {
    client = new RegistryClient(setting);
  }

  @ParameterizedTest
  @CsvSource({
    "population?province=99, province, known-code",
    "population?province=elsewhere&sex=m, sex, known-code",
    "population?day=2024-01-02, day, first-of-month",
    "population?day=yesterday, day, first-of-month",
    "population?day=2024-13-01, day, first-of-month",
    "population?day=2014-12-01, day, published",
    "population?day=9999-01-01, day, published",
    "population?format=xml, format, known-code",
    "births?province=Quang%20Tri, province, known-code",
    "births?from=2024, from, month",
    "births?from=2024-1, from, month",
    "births?to=2024-00, to, month",
    "births?from=2024-05&to=2024-04, from, order",
    "births?from=2015-01&to=2025-01, from, period",
    "births?to=2014-12, to, published",
    "births?sex=3, sex, known-code",
    "births?basis=conception, basis, known-code",
    "deaths?basis=birth, basis, known-code",
    "marriages?from=%F0%9F%92%8D, from, month",
    "migration?sex=MALE, sex, known-code",
    "migration/flows?from=2020-01&to=2022-01, from, period",
    "timeliness?event=merge, event, known-code",
    "timeliness?event=foetal_death, event, known-code",
  })
  void whatCannotBeAnsweredIsRefusedByName(String question, String field, String rule) {
    get(question)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:mekong:problem:invalid-request"))
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(rule));
  }

  @Test
  void everythingWrongIsNamedAtOnce() {
    get("births?from=x&to=y&province=z&sex=w&basis=v&format=u")
        .then()
        .statusCode(400)
        .body(
            "violations.field",
            equalTo(List.of("format", "to", "from", "basis", "province", "sex")));
  }

  @Test
  void theMonthThatRunsIsNotPublished() {
    String month = YearMonth.now().toString();
    get("births?to=" + month).then().statusCode(400).body("rule", equalTo("published"));
  }

  @Test
  void anotherRepresentationIsRefused() {
    client
        .open()
        .header("Accept", "application/xml")
        .get(ALL + "births")
        .then()
        .statusCode(406)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/v1/statistics/checks", "/admin/v1/statistics/releases/current"})
  void adminsAloneSeeHowFiguresAreMade(String path) {
    client.open().get(path).then().statusCode(401);
    String token = client.token("person.read", List.of());
    client.as(token, "GET", path).get(path).then().statusCode(403);
  }

  @Test
  void answersArePublicAndTellWhenNothingChanged() {
    Response first = get("births");
    first
        .then()
        .statusCode(200)
        .header("Cache-Control", containsString("public"))
        .header("Vary", containsString("Accept"));
    String tag = first.header("ETag");
    client
        .open()
        .header("If-None-Match", tag)
        .get(ALL + "births")
        .then()
        .statusCode(304)
        .header("ETag", equalTo(tag));
    for (String held : List.of("W/" + tag, "*", "\"other\", " + tag)) {
      client.open().header("If-None-Match", held).get(ALL + "births").then().statusCode(304);
    }
    for (String held : List.of("\"", "x,,", "W/", "\"other\"", tag.replace("\"", ""))) {
      client.open().header("If-None-Match", held).get(ALL + "births").then().statusCode(200);
    }
    client
        .open()
        .header("If-None-Match", tag)
        .get(ALL + "births?format=csv")
        .then()
        .statusCode(200);
  }

  @Test
  void whatHappensIsSeenWithTheNextReleaseOnly() throws SQLException {
    fill.fill(true);
    release();
    String before = get("deaths?basis=registration&from=2015-01&to=2024-12").asString();
    Book book = new Book(database, events);
    for (int i = 0; i < 5; i++) {
      UUID person = book.person("1950-01-01", Sex.MALE).personId();
      book.register("2020-01-01", new VitalEvent.Death(person, null));
    }
    String unchanged = get("deaths?basis=registration&from=2015-01&to=2024-12").asString();
    assertEquals(before, unchanged);
    String day = "population?day=now&province=44&sex=male&format=csv";
    String population = get(day).asString();
    for (int i = 0; i < 200; i++) {
      book.person("1999-06-01", Sex.MALE);
    }
    assertEquals(population, get(day).asString());
    release();
    assertFalse(population.equals(get(day).asString()));
  }

  @Test
  void everyAnswerIsASumOfTheSameRoundedFigures() throws Exception {
    settle();
    for (String table :
        List.of(
            "population?day=now",
            "population?day=2020-01-01",
            "births?from=2020-01&to=2024-12",
            "births?from=2020-01&to=2024-12&basis=registration",
            "deaths?from=2020-01&to=2024-12",
            "marriages?from=2020-01&to=2024-12",
            "migration?from=2020-01&to=2024-12",
            "timeliness?from=2020-01&to=2024-12&event=death")) {
      List<Map<String, String>> rows = rows(table);
      assertTrue(
          rows.stream().anyMatch(row -> row.values().stream().anyMatch(v -> v.matches("[1-9]0*"))),
          table);
      sums(rows, "province", table);
      sums(rows, "sex", table);
      sums(rows, "ageGroup", table);
      assertEquals(csv(table), csvOf(rows), table);
      for (String province : List.of("44", "total")) {
        for (String sex : List.of("male", "total")) {
          boolean sexes = rows.getFirst().containsKey("sex");
          List<Map<String, String>> filtered =
              rows(table + "&province=" + province + (sexes ? "&sex=" + sex : ""));
          List<Map<String, String>> expected =
              rows.stream()
                  .filter(row -> row.get("province").equals(province))
                  .filter(row -> !sexes || row.get("sex").equals(sex))
                  .toList();
          assertEquals(expected, filtered, table);
        }
      }
    }
  }

  @Test
  void timelinessDeathsAndFlowsAgree() throws Exception {
    settle();
    Map<String, String> deaths = new HashMap<>();
    for (Map<String, String> row :
        rows("deaths?from=2020-01&to=2024-12&basis=registration&sex=total")) {
      deaths.put(row.get("month") + row.get("province"), row.get("deaths"));
    }
    for (Map<String, String> row : rows("timeliness?from=2020-01&to=2024-12&event=death")) {
      assertEquals(deaths.get(row.get("month") + row.get("province")), row.get("total"));
    }
    long flows = 0;
    for (Map<String, String> row : rows("migration/flows?from=2023-01&to=2024-12&sex=total")) {
      boolean between = !row.get("from").equals("elsewhere") && !row.get("to").equals("elsewhere");
      flows += between ? Long.parseLong(row.get("persons")) : 0;
    }
    long moves = 0;
    for (Map<String, String> row :
        rows("migration?from=2023-01&to=2024-12&province=total&sex=total")) {
      assertEquals(row.get("fromProvinces"), row.get("toProvinces"));
      moves += Long.parseLong(row.get("fromProvinces"));
    }
    assertEquals(flows, moves);
    assertTrue(flows > 0);
  }

  @Test
  void documentedRequestsAreAnsweredWithTheMembersDocumented() throws IOException {
    JsonNode paths =
        JSON.readTree(client.open().get("/q/openapi?format=json").asString()).path("paths");
    Set<String> documented = new HashSet<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (!path.getKey().startsWith("/v1/statistics/")) {
        continue;
      }
      documented.add(path.getKey());
      JsonNode operation = path.getValue().path("get");
      assertFalse(operation.path("summary").asText().isEmpty());
      List<String> query = new ArrayList<>();
      for (JsonNode parameter : operation.path("parameters")) {
        if (parameter.has("example")) {
          query.add(parameter.path("name").asText() + "=" + parameter.path("example").asText());
        }
      }
      assertEquals(
          200, client.open().get(path.getKey() + "?" + String.join("&", query)).statusCode());
      JsonNode content = operation.path("responses").path("200").path("content");
      for (JsonNode example : content.path("application/json").path("examples")) {
        Response answer = client.open().get(path.getKey() + example.path("summary").asText());
        assertEquals(200, answer.statusCode(), path.getKey());
        JsonNode value = JSON.readTree(example.path("value").toString());
        JsonNode actual = JSON.readTree(answer.asString());
        assertEquals(names(value), names(actual), path.getKey());
        if (!actual.path("rows").isEmpty()) {
          assertEquals(names(value.path("rows").get(0)), names(actual.path("rows").get(0)));
        }
      }
    }
    assertEquals(7, documented.size());
  }

  /** Enough of everything to be published, in months that are closed. */
  private void settle() throws SQLException {
    fill.fill(true);
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("delete from statistics_delta");
      statement.execute("delete from statistics_count");
      statement.execute(
          """
          insert into statistics_count
          select kind, 24240 + month, province, case when kind = 2 then other else '' end, sex,
              case kind when 1 then 22800 + 7 * month when 2 then 0 else (month % 6) * 100 + month % 3
                end,
              1 + (month * 7 + sex * 3 + kind) % 11
            from generate_series(1, 6) kind, generate_series(0, 59) month,
              unnest(array['44', '48', '79']) province, unnest(array['01', '']) other,
              generate_series(0, 2) sex
            where kind = 2 or other = ''
            on conflict do nothing
          """);
    }
    release();
  }

  private void release() {
    String path = "/admin/v1/statistics/releases";
    String token = client.token("registry.admin", List.of());
    client.as(token, "POST", path).post(path).then().statusCode(200);
  }

  private Response get(String question) {
    return client.open().get(ALL + question);
  }

  private List<Map<String, String>> rows(String question) throws IOException {
    Response answer = get(question);
    assertEquals(200, answer.statusCode(), question);
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonNode row : JSON.readTree(answer.asString()).path("rows")) {
      Map<String, String> values = new java.util.LinkedHashMap<>();
      row.properties().forEach(each -> values.put(each.getKey(), each.getValue().asText()));
      rows.add(values);
    }
    return rows;
  }

  private String csv(String question) {
    Response answer = client.open().header("Accept", "text/csv").get(ALL + question);
    assertEquals(200, answer.statusCode());
    assertTrue(answer.contentType().startsWith("text/csv"));
    String asked = get(question + "&format=csv").asString();
    assertEquals(answer.asString(), asked);
    return asked;
  }

  private static String csvOf(List<Map<String, String>> rows) {
    StringBuilder text = new StringBuilder(String.join(",", rows.getFirst().keySet()) + "\r\n");
    rows.forEach(row -> text.append(String.join(",", row.values())).append("\r\n"));
    return text.toString();
  }

  /** Every row of a total is the sum of the rows that differ from it in that code alone. */
  private static void sums(List<Map<String, String>> rows, String of, String table) {
    if (!rows.getFirst().containsKey(of)) {
      return;
    }
    Map<List<String>, long[]> parts = new HashMap<>();
    Map<List<String>, long[]> totals = new HashMap<>();
    List<String> measures =
        rows.getFirst().keySet().stream().filter(name -> !CODES.contains(name)).toList();
    for (Map<String, String> row : rows) {
      Set<String> others = new LinkedHashSet<>(row.keySet());
      others.retainAll(CODES);
      others.remove(of);
      List<String> key = others.stream().map(row::get).toList();
      long[] values = measures.stream().mapToLong(name -> Long.parseLong(row.get(name))).toArray();
      Map<List<String>, long[]> into = row.get(of).equals("total") ? totals : parts;
      into.merge(
          key,
          values,
          (a, b) -> {
            long[] sum = a.clone();
            for (int i = 0; i < sum.length; i++) {
              sum[i] += b[i];
            }
            return sum;
          });
    }
    assertFalse(totals.isEmpty());
    totals.forEach(
        (key, sum) ->
            assertEquals(
                java.util.Arrays.toString(parts.get(key)),
                java.util.Arrays.toString(sum),
                table + " " + of + " " + key));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
