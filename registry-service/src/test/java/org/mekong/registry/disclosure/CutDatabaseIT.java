package org.mekong.registry.disclosure;

import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.log.LogException;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.testing.Relay;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.testing.OverAWire;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;

/** What a disclosure costs on the way to the database, and what is left when that way is cut. */
@QuarkusTest
@TestProfile(OverAWire.class)
class CutDatabaseIT {

  /** More than a search of a few persons needs. */
  private static final int FURTHEST_CUT = 16;

  private static final int MOST_CONNECTIONS = 8;

  TestSetting setting;
  Relay relay;
  @Inject DataSource database;
  @Inject YearlyLog log;

  @Test
  void aReadIsAnsweredAndLoggedOrNeitherWhereverTheDatabaseIsCut() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    String family = family(client, 3);
    search(client, family).then().statusCode(200);
    int answered = 0;
    int undone = 0;
    for (int cut = 0; cut < FURTHEST_CUT; cut++) {
      Counts before = counts();
      relay.cutAfter(cut);
      Response answer = search(client, family);
      boolean wasCut = relay.mend();
      settle();
      Counts left = counts().since(before);
      assertTrue(left.isWhole(), "cut after " + cut + " left " + left);
      if (answer.statusCode() == 200) {
        answered++;
        assertEquals(new Counts(3, 3, 3), left, "cut after " + cut);
      } else {
        assertTrue(wasCut);
        assertEquals(503, answer.statusCode(), "cut after " + cut);
        assertFalse(answer.asString().contains(family));
        undone += left.rows == 0 ? 1 : 0;
      }
    }
    assertTrue(undone >= 4, "cut before the commit: " + undone);
    assertTrue(answered >= 1, "not reached by the cut: " + answered);
  }

  @Test
  void manyPersonsTakeAsManyRoundTripsAsOne() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    long one = roundTrips(client, family(client, 1), 1);
    long thirty = roundTrips(client, family(client, 30), 30);
    System.out.printf("round trips of a search: %d for one, %d for thirty%n", one, thirty);
    // What works in the background adds a few; a round trip for each person would be thirty more.
    assertTrue(thirty <= one + 10, one + " for one person, " + thirty + " for thirty");
  }

  /** The least of some: others work in the background. */
  private long roundTrips(RegistryClient client, String family, int persons) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      long before = relay.roundTrips();
      search(client, family).then().statusCode(200).body("receipts", hasSize(persons));
      least = Math.min(least, relay.roundTrips() - before);
    }
    return least;
  }

  private static String family(RegistryClient client, int persons) {
    String family = "Q" + word();
    for (int i = 0; i < persons; i++) {
      client
          .register(
              """
              {"names":[{"family":"%s","given":"An"}],"dateOfBirth":"1990-05-17","sex":1,
               "placeOfBirthRegistration":"045"}"""
                  .formatted(family))
          .then()
          .statusCode(201);
    }
    return family;
  }

  private static String word() {
    StringBuilder word = new StringBuilder();
    UUID.randomUUID().toString().substring(0, 8).chars().forEach(c -> word.append(letter(c)));
    return word.toString();
  }

  private static char letter(int hexadecimal) {
    return (char) ('a' + Character.digit(hexadecimal, 16));
  }

  private static Response search(RegistryClient client, String family) {
    return client
        .asGateway()
        .body(
            """
            {"purpose":"marriage","criteria":{"name":"%s"},"fields":["names"],"limit":100,
             "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                .formatted(family, UUID.randomUUID()))
        .post("/v1/persons/search");
  }

  /** Lets the pool throw away what is dead, and the log take up what was committed. */
  private void settle() throws SQLException {
    for (int dead = 0; dead < MOST_CONNECTIONS * 4; dead++) {
      List<Connection> all = new ArrayList<>();
      try {
        for (int i = 0; i < MOST_CONNECTIONS / 2; i++) {
          all.add(database.getConnection());
        }
        for (Connection each : all) {
          try (Statement statement = each.createStatement()) {
            statement.execute("select 1");
          }
        }
        log.current().integrate();
        return;
      } catch (SQLException | LogException e) {
        // the pool has one dead connection less
      } finally {
        for (Connection each : all) {
          each.close();
        }
      }
    }
    throw new SQLException("The pool stays dead");
  }

  private record Counts(long rows, long commitments, long entries) {

    Counts since(Counts before) {
      return new Counts(
          rows - before.rows, commitments - before.commitments, entries - before.entries);
    }

    boolean isWhole() {
      return rows == commitments && rows == entries && (rows == 0 || rows == 3);
    }
  }

  /** Counted past the wire. */
  private Counts counts() throws SQLException {
    DataSource direct = EmbeddedDatabase.shared().dataSource(setting.database());
    try (Connection connection = direct.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from disclosure), (select count(*) from log_commitment),"
                    + " (select count(*) from log_entry)"
                    + " + (select count(*) from log_pending_entry)")) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }
}
