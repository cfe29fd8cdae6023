package org.mekong.registry.statistics.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.bulk.ImportClient;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** What an import brings in is counted, and told of in the change feed, as what is registered. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ImportCountIT {

  private static final int FAMILIES = 700;
  private static final String HEADER =
      "ref,family_name,given_name,date_of_birth,sex,place_of_birth_registration,marital_status,"
          + "permanent_province,life_status,date_of_death,father_ref\n";

  TestSetting setting;
  @Inject DataSource database;
  @Inject NationProfile profile;
  @Inject CountFill fill;
  private ImportClient client;
  private String start = "";
  private Map<Key, Long> before = Map.of();

  /** Other tests write rows beside the register's own ways. */
  @BeforeEach
  void begin() throws SQLException {
    client = new ImportClient(setting);
    fill.fill(true);
    before = figures();
    start = changes("?after=latest").path("next").asText();
  }

  @Test
  void figuresAreARecountAndEachPersonIsInTheFeedOnce() throws Exception {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < FAMILIES; i++) {
      rows.append("k%d,".formatted(i))
          .append(ImportClient.somebody("Đếm ", i, 1930))
          .append(",1,045,married,%s,".formatted(i % 3 == 0 ? "01" : "44"))
          .append(i % 10 == 0 ? "dead,2019-07-0%d,\n".formatted(1 + i % 9) : "alive,,\n")
          .append(",")
          .append(ImportClient.somebody("Đếm ", FAMILIES + i, 1985))
          .append(",2,045,single,44,alive,,k%d\n".formatted(i));
    }
    rows.append(",Đếm,Sai,1990-02-31,1,045,single,44,alive,,\n"); // refused
    JsonNode dry = client.ended(client.csv("?dryRun=true", rows.toString()));
    assertEquals(2 * FAMILIES, dry.path("accepted").asInt(), dry.toString());
    assertEquals(before, figures(), "a dry run counts nobody");
    assertEquals(Map.of(), fed(), "and tells of nobody");

    JsonNode view = client.ended(client.csv("", rows.toString()));
    assertEquals(2 * FAMILIES, view.path("accepted").asInt(), view.toString());
    assertEquals(1, view.path("refused").asInt());
    Recount.Comparison found = Recount.compare(database, profile);
    assertEquals(0, found.differences(), found.toString());
    long living = 2L * FAMILIES - FAMILIES / 10;
    assertEquals(living, population(figures()) - population(before));

    Map<UUID, List<String>> imported = imported(view.path("id").asText());
    assertEquals(2 * FAMILIES, imported.size());
    Map<UUID, List<String>> fed = awaited(imported);
    assertEquals(imported, fed);
    for (List<String> events : fed.values()) {
      assertEquals(1, events.stream().filter(event -> event.startsWith("own ")).count());
    }
  }

  /** What the register keeps of each imported person: own entry, and children's. */
  private Map<UUID, List<String>> imported(String id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select e.person_id, e.event_id, e.role from person_event e where e.event_id in"
                    + " (select event_id from vital_event"
                    + " where document #>> '{circumstances,document,number}' like ?)")) {
      select.setString(1, "import/" + id + "/%");
      Map<UUID, List<String>> imported = new TreeMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String own = row.getString(3).equals("person") ? "own " : "child's ";
          imported
              .computeIfAbsent(row.getObject(1, UUID.class), person -> new ArrayList<>())
              .add(own + row.getString(2));
        }
      }
      imported.values().forEach(events -> events.sort(null));
      return imported;
    }
  }

  /** The feed since the start, by person, when it holds as many persons. */
  private Map<UUID, List<String>> awaited(Map<UUID, List<String>> wanted) throws Exception {
    Map<UUID, List<String>> fed = fed();
    for (int i = 0; i < 200 && fed.size() < wanted.size(); i++) {
      Thread.sleep(50);
      fed = fed();
    }
    Map<UUID, List<String>> told = new TreeMap<>();
    fed.forEach(
        (person, events) ->
            told.put(
                person,
                events.stream()
                    .map(
                        event ->
                            (wanted.getOrDefault(person, List.of()).contains("own " + event)
                                    ? "own "
                                    : "child's ")
                                + event)
                    .sorted()
                    .toList()));
    return told;
  }

  private Map<UUID, List<String>> fed() {
    Map<UUID, List<String>> fed = new HashMap<>();
    String cursor = start;
    boolean more = true;
    while (more) {
      JsonNode page = changes("?limit=1000&after=" + cursor);
      for (JsonNode change : page.path("changes")) {
        assertEquals("first_registration", change.path("type").asText());
        fed.computeIfAbsent(
                UUID.fromString(change.path("person").asText()), person -> new ArrayList<>())
            .add(change.path("event").asText());
      }
      cursor = page.path("next").asText();
      more = page.path("more").asBoolean();
    }
    return fed;
  }

  private JsonNode changes(String query) {
    String token = client.plain().token("feed.read", List.of());
    return ImportClient.json(
        client.plain().as(token, "GET", "/v1/changes").get("/v1/changes" + query).asString());
  }

  private static long population(Map<Key, Long> figures) {
    long persons = 0;
    for (Map.Entry<Key, Long> figure : figures.entrySet()) {
      persons += figure.getKey().kind() == Kind.POPULATION ? figure.getValue() : 0;
    }
    assertTrue(persons >= 0);
    return persons;
  }

  private Map<Key, Long> figures() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Map<Key, Long> figures = new HashMap<>();
      Counters.read(connection, figures::put);
      connection.rollback();
      return figures;
    }
  }
}
