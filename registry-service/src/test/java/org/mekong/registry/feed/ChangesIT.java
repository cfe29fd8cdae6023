package org.mekong.registry.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/** What the feed tells, whom it tells nothing of, and which cursors it takes. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ChangesIT {

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  @Inject FeedRetention retention;
  private RegistryClient client;
  private Book book;

  @BeforeEach
  void begin() {
    client = new RegistryClient(setting);
    book = new Book(database, events);
  }

  @Test
  void whoLacksTheScopeIsRefused() {
    String token = client.token("person.read person.write registry.admin", List.of());
    assertEquals(403, client.as(token, "GET", "/v1/changes").get("/v1/changes").statusCode());
    assertEquals(401, client.open().get("/v1/changes").statusCode());
  }

  @Test
  void everyWrongParameterIsNamed() {
    Response answer = get("?limit=0&type=birthday&province=99");
    assertEquals(400, answer.statusCode());
    assertEquals(
        List.of("type", "province", "limit"), answer.<List<String>>path("violations.field"));
    assertEquals(400, get("?limit=1001").statusCode());
  }

  @Test
  void cursorsOfOthersAreRefused() {
    String all = latest("");
    String deaths = latest("&type=death");
    assertEquals(200, get("?after=" + all).statusCode());
    assertEquals(200, get("?type=death&after=" + deaths).statusCode());
    for (String url :
        List.of(
            "?type=death&after=" + all,
            "?after=" + deaths,
            "?province=01&type=death&after=" + deaths,
            "?after=" + (all.startsWith("A") ? "B" : "A") + all.substring(1),
            "?after=" + spoilt(all),
            "?after=" + all + "A",
            "?after=0")) {
      Response answer = get(url);
      assertEquals(422, answer.statusCode(), url);
      assertEquals("urn:mekong:problem:invalid-cursor", answer.path("type"));
    }
  }

  @Test
  void aLifeIsToldInOrderByKeysAndTypesAlone() {
    String start = latest("");
    UUID her = book.person("1991-02-03", Sex.FEMALE).personId();
    UUID him = book.person("1989-02-03", Sex.MALE).personId();
    Registration marriage =
        book.register("2020-05-05", new VitalEvent.Marriage(Party.of(her), Party.of(him)));
    Registration move = book.register("2021-05-05", Book.move(her, "01"));
    book.register("2021-06-05", new VitalEvent.Correction(move.eventId(), Book.move(her, "48")));

    List<Map<String, Object>> told = await(start, "", 6);

    assertEquals(
        List.of(
            "first_registration",
            "first_registration",
            "marriage",
            "marriage",
            "residence_change",
            "correction"),
        told.stream().map(change -> change.get("type")).toList());
    assertEquals(marriage.eventId().toString(), told.get(2).get("event"));
    assertEquals("01", told.get(4).get("province"));
    assertEquals("48", told.get(5).get("province"));
    for (Map<String, Object> change : told) {
      assertTrue(
          List.of("position", "person", "event", "type", "province", "recordedAt")
              .containsAll(change.keySet()),
          change.toString());
    }
    List<Map<String, Object>> single = new ArrayList<>();
    String cursor = start;
    for (int i = 0; i < 6; i++) {
      Response page = get("?limit=1&after=" + cursor);
      single.addAll(page.<List<Map<String, Object>>>path("changes"));
      cursor = page.<String>path("next");
    }
    assertEquals(told, single);
  }

  @Test
  void filtersKeepTheOrderAndSeeWhoMovesAway() {
    String start = latest("&type=residence_change&province=44");
    UUID person = book.person("1970-02-03", Sex.MALE).personId();
    book.register("2019-05-05", Book.move(person, "01"));
    book.register("2020-05-05", Book.move(person, "48"));
    book.register("2021-05-05", Book.move(person, "44"));

    List<Map<String, Object>> told =
        await(start, "&type=residence_change&province=44", 2).stream()
            .filter(change -> change.get("person").equals(person.toString()))
            .toList();

    assertEquals(List.of("01", "44"), told.stream().map(one -> one.get("province")).toList());
  }

  @Test
  void whoIsProtectedIsWithdrawnAndWasNeverThere() {
    String start = latest("");
    UUID person = book.person("1971-02-03", Sex.MALE).personId();
    book.register("2021-05-05", Book.move(person, "01"));
    assertEquals(2, await(start, "", 2).size());
    book.register("2022-01-01", new VitalEvent.ProtectionChange(person, true));
    book.register("2022-02-02", Book.move(person, "48"));
    UUID other = book.person("1972-02-03", Sex.MALE).personId();

    List<Map<String, Object>> told = await(start, "", 2);

    assertEquals(
        List.of(person.toString(), other.toString()),
        told.stream().map(one -> one.get("person")).toList());
    assertEquals("withdrawn", told.getFirst().get("type"));
    assertFalse(told.getFirst().containsKey("event"), "no event");
    assertFalse(told.getFirst().containsKey("province"), "no province");

    String protectedNow = latest("");
    book.register("2023-01-01", new VitalEvent.ProtectionChange(person, false));
    Map<String, Object> back = await(protectedNow, "", 1).getFirst();
    assertEquals("restored", back.get("type"));
    assertFalse(back.containsKey("event"), "no event");
    assertEquals("48", back.get("province"));
  }

  @Test
  void whoLeavesTheRegisterByAnnulmentLooksTheSame() {
    String start = latest("");
    Registration entry =
        book.register(
            "1973-02-03",
            new VitalEvent.FirstRegistration(
                Book.particulars("1973-02-03", Sex.MALE, "Nhầm", "44", null), List.of()));
    assertEquals(1, await(start, "", 1).size());
    book.register("1973-02-03", new VitalEvent.EventAnnulment(entry.eventId(), "entered twice"));

    List<Map<String, Object>> told = await(start, "", 1);

    assertEquals("withdrawn", told.getFirst().get("type"));
    assertFalse(told.getFirst().containsKey("event"), "no event");
  }

  @Test
  void whoWasMergedIntoSomebodyProtectedIsHiddenWithThem() {
    String start = latest("");
    UUID survivor = book.person("1978-02-03", Sex.MALE).personId();
    UUID duplicate = book.person("1978-02-03", Sex.MALE).personId();
    book.register("2024-01-01", new VitalEvent.Merge(survivor, duplicate, null));
    assertEquals(4, await(start, "", 4).size());
    book.register("2024-03-01", new VitalEvent.ProtectionChange(survivor, true));
    UUID other = book.person("1979-02-03", Sex.MALE).personId();
    awaitLast(start, other);

    List<Map<String, Object>> told = await(start, "", 3);

    assertEquals(
        List.of("withdrawn", "withdrawn", "first_registration"),
        told.stream().map(one -> one.get("type")).toList());
    assertEquals(
        Set.of(survivor.toString(), duplicate.toString()),
        Set.of(told.get(0).get("person"), told.get(1).get("person")));
    book.register("2024-04-01", new VitalEvent.ProtectionChange(survivor, false));
    List<Map<String, Object>> again = await(start, "", 9);
    assertEquals(
        List.of("restored", "restored"),
        again.subList(7, 9).stream().map(one -> one.get("type")).toList());
  }

  private void awaitLast(String cursor, UUID person) {
    for (int i = 0; i < 200; i++) {
      List<Map<String, Object>> told = get("?limit=1000&after=" + cursor).path("changes");
      if (!told.isEmpty() && told.getLast().get("person").equals(person.toString())) {
        return;
      }
      pause();
    }
    throw new AssertionError("The feed does not tell of the last");
  }

  @Test
  void aMergeIsToldOfBoth() {
    String start = latest("");
    UUID one = book.person("1974-02-03", Sex.MALE).personId();
    UUID two = book.person("1974-02-03", Sex.MALE).personId();
    Registration merge = book.register("2024-01-01", new VitalEvent.Merge(one, two, null));

    List<Map<String, Object>> told = await(start, "", 4);

    assertEquals(
        List.of(merge.eventId().toString(), merge.eventId().toString()),
        told.subList(2, 4).stream().map(change -> change.get("event")).toList());
    book.register("2024-02-01", new VitalEvent.Split(merge.eventId()));
    List<Map<String, Object>> after = await(start, "", 6);
    assertEquals("split", after.get(4).get("type"));
    assertEquals("split", after.get(5).get("type"));
  }

  @Test
  void whatIsOverItsTimeIsGoneAndSoAreItsCursors() throws SQLException {
    String start = latest("");
    for (int i = 1; i <= 3; i++) {
      var unused = book.person("1975-02-0" + i, Sex.MALE);
    }
    assertEquals(3, await(start, "", 3).size());
    String end = latest("");
    sql("update change_entry set appended_at = appended_at - interval '91 days'");
    retention.forget();

    Response gone = get("?after=" + start);
    assertEquals(410, gone.statusCode());
    assertEquals("cursor/expired", gone.path("rule"));
    assertTrue(gone.<String>path("action").contains("after=latest"), gone.asString());
    assertEquals(200, get("?after=" + end).statusCode());
    assertEquals(0, get("").<List<Object>>path("changes").size());
    var unused = book.person("1975-02-09", Sex.MALE);
    assertEquals(1, await(end, "", 1).size());
  }

  @Test
  void aCursorOfAFeedThatWasRestoredAndWentOnOtherwiseIsRefused() throws SQLException {
    String start = latest("");
    UUID lost = book.person("1976-02-03", Sex.MALE).personId();
    assertEquals(1, await(start, "", 1).size());
    String end = latest("");
    long position = position(end);
    // What a restore does: the last entry is gone, and another one takes its position.
    sql("update change_entry set person_id = gen_random_uuid() where position = " + position);
    Response astray = get("?after=" + end);
    assertEquals(410, astray.statusCode());
    assertEquals("cursor/restored", astray.path("rule"));
    sql("update change_entry set person_id = '" + lost + "' where position = " + position);
    assertEquals(200, get("?after=" + end).statusCode());
  }

  private static String spoilt(String cursor) {
    return cursor.substring(0, 10) + (cursor.charAt(10) == 'x' ? "y" : "x") + cursor.substring(11);
  }

  private static long position(String cursor) {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor), 1, 8).getLong();
  }

  /** Follows until there are so many, with whatever came before them. */
  private List<Map<String, Object>> await(String cursor, String filter, int many) {
    for (int i = 0; i < 200; i++) {
      List<Map<String, Object>> told = get("?limit=1000&after=" + cursor + filter).path("changes");
      if (told.size() >= many) {
        return told;
      }
      pause();
    }
    throw new AssertionError("The feed does not tell of " + many + " changes");
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A cursor after all that is committed now, and of this test alone. */
  private String latest(String filter) {
    for (int i = 0; i < 200; i++) {
      if (count("select count(*) from change_arrival") == 0) {
        return get("?after=latest" + filter).path("next");
      }
      pause();
    }
    throw new AssertionError("The feed does not catch up");
  }

  private long count(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private Response get(String query) {
    String token = client.token("feed.read", List.of());
    return client.as(token, "GET", "/v1/changes").get("/v1/changes" + query);
  }
}
