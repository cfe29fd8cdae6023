package org.mekong.registry.history;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.Reader;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;

/** One rule of history a test: each lives a short life and looks back. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class HistoryIT {

  private static final String[] FIELDS = {
    "names",
    "personal_number",
    "earlier_numbers",
    "date_of_birth",
    "marital_status",
    "spouse",
    "nationalities",
    "permanent_residence",
    "household",
    "life_status",
    "vital_events"
  };

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
    reader = new Reader(client, FIELDS);
    person = book.person("1990-05-17", Sex.MALE).personId();
  }

  @Test
  void aLateRegistrationIsTrueForItsDayButWasNotKnownBefore() {
    book.register("2020-03-01", Book.move(person, "48"));
    Instant before = Instant.now();
    book.register("2015-01-01", Book.move(person, "79"));

    province("").body("permanentResidence.province", equalTo("48"));
    province("asOf=2016-01-01").body("permanentResidence.province", equalTo("79"));
    province("asOf=2016-01-01&knownAt=" + before)
        .body("permanentResidence.province", equalTo("44"))
        .body("asOf", equalTo("2016-01-01"))
        .body("knownAt", equalTo(before.toString()));
    province("knownAt=" + before).body("permanentResidence.province", equalTo("48"));
  }

  @Test
  void aDayBeginsWithTheEventsOfThatDay() {
    book.register("2020-03-01", Book.move(person, "48"));

    province("asOf=2020-02-29").body("permanentResidence.province", equalTo("44"));
    province("asOf=2020-03-01").body("permanentResidence.province", equalTo("48"));
  }

  @Test
  void aCorrectionHoldsFromItsDayAndLeavesWhatWasKnown() {
    UUID move = book.register("2020-03-01", Book.move(person, "48")).eventId();
    Instant before = Instant.now();
    UUID correction =
        book.register("2020-02-01", new VitalEvent.Correction(move, Book.move(person, "79")))
            .eventId();

    province("asOf=2020-02-15").body("permanentResidence.province", equalTo("79"));
    province("asOf=2020-02-15&knownAt=" + before)
        .body("permanentResidence.province", equalTo("44"));
    province("knownAt=" + before).body("permanentResidence.province", equalTo("48"));
    reader
        .person(person, "/events", "")
        .then()
        .statusCode(200)
        .body("events.eventId", contains(first(), correction.toString(), move.toString()))
        .body("events.stands", contains(true, true, false))
        .body("events[1].supersedes", equalTo(move.toString()))
        .body("events[2].supersededBy", equalTo(correction.toString()));
    reader
        .person(
            person, "/diff", "fromKnownAt=" + before + "&fields=permanent_residence,vital_events")
        .then()
        .statusCode(200)
        .body("changes", hasSize(1))
        .body("changes[0].before.province", equalTo("48"))
        .body("changes[0].after.province", equalTo("79"))
        .body("changes[0].causes.eventId", contains(correction.toString()));
  }

  @Test
  void anErroneousDeathIsAnnulledAndTheMarriageStands() {
    UUID wife = book.person("1992-01-01", Sex.FEMALE).personId();
    book.register("2015-06-01", new VitalEvent.Marriage(Party.of(person), Party.of(wife)));
    UUID death = book.register("2021-01-10", new VitalEvent.Death(person, null)).eventId();
    Instant mourning = Instant.now();
    province("").body("lifeStatus.status", equalTo("dead"));

    UUID annulment =
        book.register("2021-02-01", new VitalEvent.EventAnnulment(death, "mistaken")).eventId();

    province("").body("lifeStatus.status", equalTo("alive"));
    province("asOf=2021-01-20").body("lifeStatus.status", equalTo("alive"));
    province("asOf=2021-01-20&knownAt=" + mourning)
        .body("lifeStatus.status", equalTo("dead"))
        .body("lifeStatus.dateOfDeath", equalTo("2021-01-10"));
    reader.person(wife, "", "knownAt=" + mourning).then().body("maritalStatus", equalTo("widowed"));
    reader.person(wife, "", "").then().body("maritalStatus", equalTo("married"));
    reader
        .person(wife, "/diff", "fromKnownAt=" + mourning + "&fields=marital_status,vital_events")
        .then()
        .body("changes.field", contains("marital_status"))
        .body("changes[0].before", equalTo("widowed"))
        .body("changes[0].causes.eventId", contains(annulment.toString()));
    reader
        .person(person, "/life-status", "history=true")
        .then()
        .body("items.value.status", contains("alive"));
    reader
        .person(person, "/life-status", "history=true&knownAt=" + mourning)
        .then()
        .body("items.value.status", contains("alive", "dead"))
        .body("items[0].validTo", equalTo("2021-01-10"))
        .body("items[0].endedBy.eventId", equalTo(death.toString()))
        .body("items[1].validFrom", equalTo("2021-01-10"))
        .body("items[1].validTo", nullValue());
  }

  @Test
  void everyPartTellsSinceWhenUntilWhenAndWhy() {
    UUID change =
        book.register("2018-04-04", new VitalEvent.NameChange(person, Book.names("Bình")))
            .eventId();
    var replaced =
        book.register("2019-05-05", new VitalEvent.NumberReplacement(person, "misprint"));
    String number = replaced.persons().getFirst().personalNumber();

    reader
        .person(person, "/names", "history=true")
        .then()
        .statusCode(200)
        .body("items.value.given", contains("An", "Bình"))
        .body("items.validFrom", contains("1990-05-17", "2018-04-04"))
        .body("items[0].validTo", equalTo("2018-04-04"))
        .body("items[0].broughtBy.type", equalTo("first_registration"))
        .body("items[0].endedBy.eventId", equalTo(change.toString()))
        .body("items[0].declared", equalTo(true))
        .body("items[1].broughtBy.eventId", equalTo(change.toString()))
        .body("items[1].recordedAt", notNullValue())
        .body("items[1]", not(hasKey("validTo")))
        .body("items[1]", not(hasKey("declared")));
    reader
        .person(person, "/names", "history=true&asOf=2018-01-01")
        .then()
        .body("items.value.given", contains("An"))
        .body("items[0]", not(hasKey("validTo")));
    reader
        .person(person, "/identifiers", "history=true")
        .then()
        .body(
            "items.field",
            containsInAnyOrder("personal_number", "personal_number", "earlier_numbers"))
        .body(
            "items.find { it.value == '" + number + "' }.broughtBy.type",
            equalTo("number_replacement"));
    reader
        .person(person, "/names", "asOf=2018-01-01")
        .then()
        .body("items.value.given", contains("An"))
        .body("items[0].declared", equalTo(true))
        .body("items[0]", not(hasKey("validFrom")));
    reader.person(person, "/residences", "").then().body("items.value.province", contains("44"));
    reader.person(person, "/nationalities", "").then().body("items.value", contains("VN"));
    reader.person(person, "/marital-status", "").then().body("items.value", contains("single"));
    reader.person(person, "/relationships", "").then().body("items", empty());
    reader.person(person, "/household", "").then().body("items", empty());
  }

  @Test
  void whatWasDeclaredIsMarkedUntilTheDayOfRegistration() {
    book.register("2018-04-04", new VitalEvent.NameChange(person, Book.names("Bình")));

    province("asOf=2019-01-01")
        .body("declared", hasItem("permanentResidence"))
        .body("declared", not(hasItem("names")));
    province("asOf=" + today()).body("$", not(hasKey("declared")));
    province("").body("$", not(hasKey("declared")));
    reader
        .post(
            """
            {"purpose":"civil-registration","subject":{"personId":"%s"},
             "fields":["names","permanent_residence"],"asOf":"2019-01-01"}"""
                .formatted(person))
        .then()
        .body("outcome", equalTo("answered"))
        .body("person.names[0].given", equalTo("Bình"))
        .body("declared", contains("permanent_residence"));
  }

  @Test
  void aPersonIsReadByNumberOfAnyTimeAtAnyMoment() {
    var touched = book.person("1991-01-01", Sex.FEMALE);
    book.register("2019-05-05", new VitalEvent.NumberReplacement(touched.personId(), "misprint"));
    String reading =
        """
        {"purpose":"civil-registration","subject":{"personalNumber":"%s"},
         "fields":["personal_number"]%s}""";

    reader
        .post(reading.formatted(touched.personalNumber(), ""))
        .then()
        .body("person.personal_number", not(equalTo(touched.personalNumber())));
    reader
        .post(reading.formatted(touched.personalNumber(), ",\"asOf\":\"2019-05-04\""))
        .then()
        .body("person.personal_number", equalTo(touched.personalNumber()));
  }

  @Test
  void theDifferenceOfAMomentFromItselfIsEmptyAndFromBeforeBirthIsEverything() {
    String day = "fromAsOf=2020-01-01&toAsOf=2020-01-01";
    reader.person(person, "/diff", day).then().statusCode(200).body("changes", empty());
    reader
        .person(person, "/diff", "fromAsOf=1980-01-01&fields=names,life_status,vital_events")
        .then()
        .body("from.available", equalTo(false))
        .body("to.available", equalTo(true))
        .body("changes.field", contains("names", "life_status"))
        .body("changes[0]", not(hasKey("before")))
        .body("changes[0].causes.type", contains("first_registration"));
  }

  @Test
  void eventsArePagedWithoutLossWhileMoreAreRegistered() {
    for (int year = 2011; year <= 2015; year++) {
      book.register(year + "-01-01", Book.move(person, year % 2 == 0 ? "44" : "48"));
    }
    String next =
        reader
            .person(person, "/events", "limit=4")
            .then()
            .body("events.occurredOn", hasSize(4))
            .extract()
            .path("next");
    book.register("2010-01-01", Book.move(person, "79"));

    reader
        .person(person, "/events", "limit=4&cursor=" + next)
        .then()
        .statusCode(200)
        .body("events.occurredOn", contains("2014-01-01", "2015-01-01"))
        .body("events.registeredOn", everyItem(equalTo(LocalDate.now().toString())))
        .body("$", not(hasKey("next")));
    reader
        .person(person, "/events", "asOf=2011-06-01")
        .then()
        .body("events.occurredOn", contains("1990-05-17", "2010-01-01", "2011-01-01"));
    reader
        .person(person, "/events", "limit=4&asOf=2012-01-01&cursor=" + next)
        .then()
        .statusCode(400)
        .body("violations.field", contains("cursor"));
  }

  @Test
  void missingAndFoundStandInTheHistory() {
    book.register("2020-01-01", new VitalEvent.DeclaredMissing(person));
    book.register("2021-01-01", new VitalEvent.Found(person));

    province("asOf=2020-06-01").body("lifeStatus.status", equalTo(LifeStatus.MISSING.code()));
    reader
        .person(person, "/life-status", "history=true")
        .then()
        .body("items.value.status", contains("alive", "missing", "alive"))
        .body("items.validTo", contains("2020-01-01", "2021-01-01", null));
  }

  private ValidatableResponse province(String query) {
    return reader.person(person, "", query).then().statusCode(200);
  }

  private String first() {
    return reader.person(person, "/events", "limit=1").then().extract().path("events[0].eventId");
  }

  private static String today() {
    return LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).toString();
  }
}
