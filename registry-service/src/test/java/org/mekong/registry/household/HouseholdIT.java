package org.mekong.registry.household;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.Reader;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class HouseholdIT {

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  private RegistryClient client;
  private Book book;
  private Reader reader;
  private final UUID home = UUID.randomUUID();
  private UUID head = home;
  private UUID wife = home;

  @BeforeEach
  void found() {
    client = new RegistryClient(setting);
    book = new Book(database, events);
    reader = new Reader(client, "household", "names");
    head = book.person("1980-01-01", Sex.MALE, new Household(home, "head")).personId();
    wife = book.person("1982-01-01", Sex.FEMALE, new Household(home, "spouse")).personId();
  }

  @Test
  void refusesThoseWhoMayNotSeeHouseholds() {
    String path = "/v1/households/" + home;
    client.open().get(path + "?purpose=civil-registration").then().statusCode(401);
    new Reader(client, "names")
        .get(path, "")
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/civil-registration/read/household"));
    reader.get(path, "asOf=2199-01-01").then().statusCode(400);
    reader.get(path, "cursor=x").then().statusCode(400);
  }

  @Test
  void showsTheMembersTheirRelationsAndNoMoreThanIsAsked() {
    household("")
        .then()
        .statusCode(200)
        .body("head", equalTo(head.toString()))
        .body("members.id", containsInAnyOrder(head.toString(), wife.toString()))
        .body("members.relationToHead", containsInAnyOrder("head", "spouse"))
        .body("members[0]", hasKey("names"));
    household("fields=household").then().body("members[0]", not(hasKey("names")));
  }

  @Test
  void isAsItWasThenAndAsWasKnownThen() {
    UUID child = book.person("2010-01-01", Sex.MALE, new Household(home, "child")).personId();
    UUID away = UUID.randomUUID();
    Instant before = Instant.now();
    book.register(
        "2020-01-01",
        VitalEvent.ResidenceChange.of(
            child,
            Residence.Kind.PERMANENT,
            new Place("VN", "48", null),
            new Household(away, "other")));

    household("").then().body("members", hasSize(2));
    household("asOf=2019-12-31").then().body("members", hasSize(3));
    household("asOf=2005-01-01").then().body("members", hasSize(2));
    household("knownAt=" + before).then().body("members", hasSize(3));
    household("asOf=1970-01-01").then().statusCode(404);
  }

  /** Nothing but the late registration ever said that the person lived there. */
  @Test
  void knowsMembersWhoWereRegisteredLate() {
    UUID guest =
        book.person("1990-01-01", Sex.MALE, new Household(UUID.randomUUID(), "head")).personId();
    book.register(
        "2015-01-01",
        new VitalEvent.HouseholdChange(guest, new Household(UUID.randomUUID(), "head")));
    book.register(
        "2012-01-01", new VitalEvent.HouseholdChange(guest, new Household(home, "other")));

    household("").then().body("members", hasSize(2));
    household("asOf=2013-01-01").then().body("members", hasSize(3));
  }

  @Test
  void leavesOutWhoIsProtectedAndLooksUnknownWhenAllAre() {
    String unknown = absent(reader.get("/v1/households/" + UUID.randomUUID(), ""));
    Instant open = Instant.now();
    book.register("2020-01-01", new VitalEvent.ProtectionChange(wife, true));
    household("").then().body("members.id", containsInAnyOrder(head.toString()));
    household("knownAt=" + open).then().body("members.id", containsInAnyOrder(head.toString()));

    book.register("2020-01-01", new VitalEvent.ProtectionChange(head, true));
    assertEquals(unknown, absent(household("")));
    assertEquals(unknown, absent(reader.get("/v1/households/x", "")));
  }

  @Test
  void eachMemberShownIsADisclosure() throws SQLException {
    household("fields=names")
        .then()
        .statusCode(200)
        .body("receipts.id", containsInAnyOrder(head.toString(), wife.toString()))
        .body("receipts.receipt", everyItem(startsWith("c2sp.org/tlog-proof@v1")));

    assertEquals(1, disclosures(head));
    assertEquals(1, disclosures(wife));
  }

  @Test
  void pagesOverALargeHousehold() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      book.person("2000-01-01", Sex.MALE, new Household(home, "other"));
    }
    String cursor = "";
    int pages = 0;
    do {
      Response page = household("limit=2" + cursor);
      page.then().statusCode(200);
      seen.addAll(page.path("members.id"));
      cursor = page.path("next") == null ? "" : "&cursor=" + page.path("next");
      pages++;
    } while (!cursor.isEmpty());

    assertEquals(5, seen.size());
    assertEquals(3, pages);
  }

  private Response household(String query) {
    return reader.get("/v1/households/" + home, query);
  }

  private long disclosures(UUID person) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from disclosure where person_id = ? and outcome = 'answered'")) {
      select.setObject(1, person);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static String absent(Response answer) {
    answer.then().statusCode(404);
    return answer.asString().replaceAll("urn:uuid:[0-9a-f-]+", "urn:uuid:");
  }
}
