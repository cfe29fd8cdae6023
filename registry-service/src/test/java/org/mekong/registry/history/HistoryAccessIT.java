package org.mekong.registry.history;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
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
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.Reader;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;

/** Who may see what of the past, and what looks alike to all others. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class HistoryAccessIT {

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  private RegistryClient client;
  private Book book;
  private Reader reader;
  private UUID person = new UUID(0, 0);

  @BeforeEach
  void register() {
    client = new RegistryClient(setting);
    book = new Book(database, events);
    reader = new Reader(client, "names", "household", "permanent_residence", "vital_events");
    person = book.person("1990-05-17", Sex.MALE).personId();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/names",
        "/identifiers",
        "/residences",
        "/relationships",
        "/household",
        "/nationalities",
        "/marital-status",
        "/life-status",
        "/events",
        "/diff"
      })
  void nobodyReadsWithoutTokenOrScopeOrGrant(String path) {
    String url = "/v1/persons/" + person + path;
    String query = "?purpose=civil-registration&fromAsOf=2020-01-01";
    client.open().get(url + query).then().statusCode(401);
    String writer = client.token("person.write", List.of());
    client.as(writer, "GET", url).get(url + query).then().statusCode(403);
    String other =
        client.token("person.read", List.of(RegistryClient.grant("marriage", "read", "names")));
    client
        .as(other, "GET", url)
        .get(url + query)
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:mekong:problem:purpose-not-granted"));
    client.asGateway().get(url + query).then().statusCode(403);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "|asOf=2020-02-30|asOf|date",
        "|asOf=2020-1-1|asOf|date",
        "|asOf=+12020-01-01|asOf|date",
        "|asOf=2199-01-01|asOf|not-in-future",
        "|knownAt=2020-01-01|knownAt|instant",
        "|knownAt=2020-01-01T00:00:00|knownAt|instant",
        "|knownAt=2199-01-01T00:00:00Z|knownAt|not-in-future",
        "/names|asOf=yesterday|asOf|date",
        "/names|history=yes|history|boolean",
        "/events|limit=0|limit|range",
        "/events|limit=101|limit|range",
        "/events|cursor=abc|cursor|cursor",
        "/events|cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|cursor|cursor",
        "/events|cursor=*|cursor|cursor",
        "/diff|toAsOf=2020-01-01|fromAsOf|required",
        "/diff|fromAsOf=2020-01-01&toKnownAt=2199-01-01T00:00:00Z|toKnownAt|not-in-future",
        "/diff|fromAsOf=x&toAsOf=2020-01-01|fromAsOf|date",
        "/diff|fromAsOf=2020-01-01&fields=soul|fields[0]|known-code",
      })
  void namesWhatIsWrongWithAMoment(String path, String query, String field, String rule) {
    reader
        .person(person, path == null ? "" : path, query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(rule));
  }

  @Test
  void refusesMomentsInABodyToo() {
    String body =
        """
        {"purpose":"civil-registration","subject":{"personId":"%s"},"fields":["names"],%s}""";
    reader
        .post(body.formatted(person, "\"asOf\":\"2020-13-01\",\"knownAt\":\"soon\""))
        .then()
        .statusCode(400)
        .body("violations.field", contains("asOf", "knownAt"));
    reader
        .post(body.formatted(person, "\"asOf\":1990"))
        .then()
        .statusCode(400)
        .body("violations.rule", contains("type"));
  }

  /** Unknown, not born, not registered by then, withheld: nobody can tell them apart. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/names", "/events", "/diff"})
  void whoIsNotThereLooksTheSameWhateverTheReason(String path) {
    UUID hidden = book.person("1985-01-01", Sex.MALE).personId();
    Instant open = Instant.now();
    book.register("2020-01-01", new VitalEvent.ProtectionChange(hidden, true));

    String unknown = absent(reader.person(UUID.randomUUID(), path, "fromAsOf=2020-01-01"));
    assertEquals(unknown, absent(reader.person(hidden, path, "fromAsOf=2020-01-01")));
    assertEquals(
        unknown, absent(reader.person(hidden, path, "fromKnownAt=" + open + "&knownAt=" + open)));
    assertEquals(
        unknown,
        absent(
            reader.person(person, path, "fromAsOf=1980-01-01&toAsOf=1981-01-01&asOf=1990-05-16")));
    String past = "2000-01-01T00:00:00Z";
    assertEquals(
        unknown,
        absent(
            reader.person(
                person, path, "fromKnownAt=" + past + "&toKnownAt=" + past + "&knownAt=" + past)));
    assertEquals(unknown, absent(reader.get("/v1/persons/x" + path, "fromAsOf=2020-01-01")));
  }

  @Test
  void protectionOfTodayCoversThePast() {
    Instant open = Instant.now();
    book.register("2020-01-01", new VitalEvent.ProtectionChange(person, true));
    reader.person(person, "/names", "history=true&knownAt=" + open).then().statusCode(404);
    book.register("2021-01-01", new VitalEvent.ProtectionChange(person, false));
    reader.person(person, "/names", "history=true&asOf=2020-06-01").then().statusCode(200);
  }

  @Test
  void anAnnulledEntryIsNobodyButWasSomebody() {
    UUID event =
        book.register(
                "1970-01-01",
                new VitalEvent.FirstRegistration(
                    Book.particulars("1970-01-01", Sex.MALE, "Lầm", "44", null), List.of()))
            .eventId();
    UUID mistaken = subjectOf(event);
    Instant before = Instant.now();
    book.register("1970-01-01", new VitalEvent.EventAnnulment(event, "never lived"));

    reader.person(mistaken, "", "").then().statusCode(404);
    reader.person(mistaken, "", "asOf=1980-01-01").then().statusCode(404);
    reader
        .person(mistaken, "", "knownAt=" + before)
        .then()
        .statusCode(200)
        .body("names[0].given", equalTo("Lầm"));
  }

  @Test
  void theEventsBehindAValueNeedTheirOwnGrant() {
    book.register("2018-04-04", new VitalEvent.NameChange(person, Book.names("Bình")));
    Reader names = new Reader(client, "names", "religion");

    names
        .person(person, "/names", "history=true")
        .then()
        .statusCode(200)
        .body("items.value.given", contains("An", "Bình"))
        .body("items[0].validTo", equalTo("2018-04-04"))
        .body("items[0]", not(hasKey("broughtBy")))
        .body("items[0]", not(hasKey("endedBy")));
    names
        .person(person, "/diff", "fromAsOf=2018-01-01")
        .then()
        .body("changes.field", contains("names"))
        .body("changes[0]", not(hasKey("causes")));
    names.person(person, "/events", "").then().statusCode(403);
    names.person(person, "/residences", "").then().statusCode(403);
    reader
        .person(person, "/relationships", "")
        .then()
        .statusCode(403)
        .body("rule", equalTo("grant/civil-registration/read/parents"));
  }

  @Test
  void aSensitiveFieldOfThePastHasToBeNamed() {
    Reader religion = new Reader(client, "names", "religion");
    religion
        .person(person, "/diff", "fromAsOf=1980-01-01")
        .then()
        .body("changes.field", contains("names"));
    religion
        .person(person, "/diff", "fromAsOf=1980-01-01&fields=names,religion")
        .then()
        .body("changes.field", contains("names", "religion"));
    religion.person(person, "", "asOf=2000-01-01").then().body("$", not(hasKey("religion")));
  }

  @Test
  void aMergedRecordTellsWhereToLookToThoseWhoMayRead() {
    UUID duplicate = book.person("1990-05-17", Sex.MALE).personId();
    Instant before = Instant.now();
    UUID merge =
        book.register("2020-01-01", new VitalEvent.Merge(person, duplicate, "fingerprints"))
            .eventId();

    reader
        .person(duplicate, "", "")
        .then()
        .statusCode(200)
        .body("mergedInto", equalTo(person.toString()))
        .body("$", not(hasKey("names")));
    reader.person(duplicate, "", "asOf=2021-01-01").then().body("$", not(hasKey("names")));
    reader.person(duplicate, "", "asOf=2019-01-01").then().body("$", hasKey("names"));
    reader.person(duplicate, "", "knownAt=" + before).then().body("$", hasKey("names"));
    reader
        .person(duplicate, "/names", "")
        .then()
        .body("items", empty())
        .body("mergedInto", equalTo(person.toString()));
    reader
        .person(duplicate, "/names", "history=true")
        .then()
        .body("items[0].endedBy.eventId", equalTo(merge.toString()))
        .body("mergedInto", equalTo(person.toString()));
    reader
        .person(duplicate, "/diff", "fromAsOf=2019-01-01&fields=names")
        .then()
        .body("changes.field", contains("names", "merged_into"));
    String reading =
        """
        {"purpose":"civil-registration","subject":{"personId":"%s"},"fields":["names"]%s}""";
    reader
        .post(reading.formatted(duplicate, ""))
        .then()
        .body("outcome", equalTo("merged"))
        .body("mergedInto", equalTo(person.toString()));
    client
        .asGateway()
        .body(
            reading.formatted(
                duplicate,
                ",\"requester\":{\"requestId\":\"0193a5b2-7c11-7d33-9a55-000000000415\","
                    + "\"country\":\"VN\",\"agency\":\"a\"}"))
        .post("/v1/readings")
        .then()
        .statusCode(200)
        .body("outcome", equalTo("not_available"));

    book.register("2020-02-01", new VitalEvent.Split(merge));
    reader.person(duplicate, "", "").then().body("$", hasKey("names"));
  }

  @Test
  void aRecordMergedIntoSomebodyProtectedIsNotThere() {
    UUID duplicate = book.person("1990-05-17", Sex.MALE).personId();
    Instant before = Instant.now();
    book.register("2020-01-01", new VitalEvent.Merge(person, duplicate, "fingerprints"));
    book.register("2020-02-01", new VitalEvent.ProtectionChange(person, true));

    String unknown = absent(reader.person(UUID.randomUUID(), "", ""));
    assertEquals(unknown, absent(reader.person(duplicate, "", "")));
    assertEquals(unknown, absent(reader.person(duplicate, "", "asOf=2019-01-01")));
    assertEquals(unknown, absent(reader.person(duplicate, "", "knownAt=" + before)));
  }

  @Test
  void everyReadingOfThePastIsLoggedWithItsFields() throws SQLException {
    reader.person(person, "/names", "history=true").then().statusCode(200);
    assertEquals("{names,vital_events}", disclosed());
    reader.person(person, "/events", "").then().statusCode(200);
    assertEquals("{vital_events}", disclosed());
    reader.person(person, "/diff", "fromAsOf=2020-01-01&fields=names").then().statusCode(200);
    assertEquals("{names}", disclosed());
    reader.person(person, "", "fields=names&asOf=" + LocalDate.of(2020, 1, 1));
    assertEquals("{names}", disclosed());
  }

  private UUID subjectOf(UUID event) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select person_id from person_event where event_id = ?")) {
      select.setObject(1, event);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String disclosed() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select fields from disclosure where person_id = ?"
                    + " order by disclosure_id desc limit 1")) {
      select.setObject(1, person);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static String absent(Response answer) {
    answer.then().statusCode(404);
    return answer.asString().replaceAll("urn:uuid:[0-9a-f-]+", "urn:uuid:");
  }
}
