package org.mekong.registry.identifier.block;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.identifier.NumberBlock;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;

/** How full blocks are, and that no number is ever free again. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class BlockCensusIT {

  private static final String PATH = "/admin/v1/identifier-blocks";
  private static final String CROWDED = "999999";

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  @Inject BlockCensus census;
  @Inject BlockWatch watch;
  @Inject CrowdedBlocks crowded;
  @Inject MeterRegistry metrics;
  private RegistryClient client;
  private Book book;

  @BeforeEach
  @AfterEach
  void empty() throws SQLException {
    client = new RegistryClient(setting);
    book = new Book(database, events);
    execute("delete from identifier where number like '99999%'");
    execute("delete from identifier_block");
  }

  @ParameterizedTest
  @CsvSource({"cursor=x", "cursor=OTEyNTA6", "cursor=*", "limit=0", "limit=101", "limit=a"})
  void refusesWhatIsNoPage(String query) {
    int status = query.equals("cursor=OTEyNTA6") ? 200 : 400;
    list(query).then().statusCode(status);
  }

  @Test
  void onlyAdministratorsSeeTheBlocks() {
    client.open().get(PATH).then().statusCode(401);
    String reader = client.token("person.read", List.of());
    client.as(reader, "GET", PATH).get(PATH).then().statusCode(403);
  }

  @Test
  void listsTheFullestBlocksFirstPageByPage() throws SQLException {
    give("999998", 3_000);
    give(CROWDED, 4_000);
    execute("insert into identifier values ('999999001', gen_random_uuid())");
    book.person("1990-05-17", Sex.MALE);
    census.countAll();

    list("limit=1")
        .then()
        .statusCode(200)
        .body("blocks.prefix", contains(CROWDED))
        .body("blocks[0].capacity", equalTo(1_000_000))
        .body("blocks[0].given", equalTo(4_000))
        .body("blocks[0].share", equalTo(0.004f))
        .body("blocks[0].countedAt", notNullValue());
    Set<String> seen = new HashSet<>();
    String cursor = "";
    int items = 0;
    do {
      Response page = list("limit=1" + cursor);
      List<String> prefixes = page.path("blocks.prefix");
      seen.addAll(prefixes);
      items += prefixes.size();
      cursor = page.path("next") == null ? "" : "&cursor=" + page.path("next");
    } while (!cursor.isEmpty());
    assertEquals(seen.size(), items);
    assertTrue(seen.containsAll(Set.of(CROWDED, "999998", "045090")), seen.toString());
  }

  @Test
  void aCrowdedBlockIsCountedAlone() throws SQLException {
    give(CROWDED, 25);
    give("999998", 30);
    crowded.take(1_000);
    crowded.note(new NumberBlock(CROWDED, 6));
    census.countCrowded(10);

    list("").then().body("blocks.prefix", contains(CROWDED)).body("blocks.given", contains(25));
    assertEquals(List.of(), crowded.take(10));
  }

  @Test
  void blocksNearlyFullAreReportedByNumberOnly() throws SQLException {
    execute(
        "insert into identifier_block values ('999999', 1000000, 850000, now()),"
            + " ('999998', 1000000, 100, now())");
    watch.round();

    assertEquals(1, gauge("mekong.identifier.blocks.nearly.full"));
    assertEquals(0.85, gauge("mekong.identifier.blocks.fullest"));
    assertFalse(
        metrics.getMeters().stream().anyMatch(meter -> meter.getId().toString().contains(CROWDED)));
  }

  @Test
  void aCountIsDueAtFirstAndAfterATime() throws Exception {
    book.person("1990-05-17", Sex.MALE);
    assertTrue(census.isStale(Duration.ofHours(6)));
    for (int i = 0; i < 100 && census.isStale(Duration.ofHours(6)); i++) {
      census.countAll(); // does nothing while another node of the shared register is at it
      Thread.sleep(20);
    }
    assertFalse(census.isStale(Duration.ofHours(6)));
    assertTrue(census.isStale(Duration.ofNanos(1)));
    list("").then().body("blocks", hasSize(greaterThanOrEqualTo(1)));
    list("").then().body("blocks.given", not(hasItem(0)));
  }

  @Test
  void aNumberIsNeverFreeAgain() throws SQLException {
    var registered =
        book.register(
            "1990-05-17",
            new VitalEvent.FirstRegistration(
                Book.particulars("1990-05-17", Sex.MALE, "An", "44", null), List.of()));
    var annulled = registered.persons().getFirst();
    book.register("1990-05-17", new VitalEvent.EventAnnulment(registered.eventId(), "mistaken"));
    assertEquals(annulled.personId(), holder(annulled.personalNumber()));

    var replaced = book.person("1990-05-17", Sex.MALE);
    var now =
        book.register("2020-01-01", new VitalEvent.NumberReplacement(replaced.personId(), "x"));
    assertEquals(replaced.personId(), holder(replaced.personalNumber()));
    book.register("2020-01-01", new VitalEvent.EventAnnulment(now.eventId(), "x"));
    String taken = now.persons().getFirst().personalNumber();
    assertNotEquals(taken, replaced.personalNumber());
    assertEquals(replaced.personId(), holder(taken));

    var survivor = book.person("1990-05-17", Sex.MALE);
    var duplicate = book.person("1990-05-17", Sex.MALE);
    book.register(
        "2020-01-01",
        new VitalEvent.Merge(survivor.personId(), duplicate.personId(), "fingerprints"));
    assertEquals(survivor.personId(), holder(duplicate.personalNumber()));
  }

  private Response list(String query) {
    String token = client.token("registry.admin", List.of());
    return client.as(token, "GET", PATH).get(PATH + (query.isEmpty() ? "" : "?" + query));
  }

  private double gauge(String name) {
    return metrics.get(name).tag("nation", "VN").gauge().value();
  }

  private void give(String prefix, int count) throws SQLException {
    execute(
        "insert into identifier select '%s' || lpad(i::text, 6, '0'), gen_random_uuid()"
                .formatted(prefix)
            + " from generate_series(1, %d) i".formatted(count));
  }

  private UUID holder(String number) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select person_id from identifier where number = ?")) {
      select.setString(1, number);
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next(), "the number is free");
        return row.getObject(1, UUID.class);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
