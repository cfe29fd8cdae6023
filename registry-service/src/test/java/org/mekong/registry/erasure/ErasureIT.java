package org.mekong.registry.erasure;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.commitment.Commitment;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Requester;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/**
 * What leads from the log to a person is erased when the register's rules allow it, and only then.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ErasureIT {

  private static final String ORDERED = "{\"ground\":\"ordered\",\"reference\":\"DP-2026/117\"}";

  TestSetting setting;
  @Inject DataSource database;
  @Inject DisclosureDesk desk;
  @Inject Commitments commitments;
  @Inject YearlyLog log;

  private RegistryClient client;
  private String person = "";

  @BeforeEach
  void register() {
    client = new RegistryClient(setting);
    person =
        client
            .register(
                """
                {"names":[{"family":"Trần","middle":"Thị","given":"Hoa"}],
                 "dateOfBirth":"1999-03-08","sex":2,"placeOfBirthRegistration":"045"}
                """)
            .then()
            .statusCode(201)
            .extract()
            .path("id");
  }

  private void disclose(Instant visibleAfter) {
    Requester requester =
        new Requester(UUID.randomUUID().toString(), "VN", "agency", "o-1", null, visibleAfter);
    Enquiry enquiry = new Enquiry(Kind.READ, "marriage", requester, List.of("names"));
    desk.give(enquiry, transaction -> new Finding<>("x", true, List.of(UUID.fromString(person))));
  }

  private Response erase(String of, String body, String key) {
    String path = "/admin/v1/persons/" + of + "/erasures";
    return client
        .as(client.token("registry.admin", List.of()), "POST", path)
        .header("Idempotency-Key", key)
        .body(body)
        .post(path);
  }

  private Response erase(String of, String body) {
    return erase(of, body, UUID.randomUUID().toString());
  }

  private List<String> commitmentsOfPerson() throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select commitment from disclosure where person_id = ?")) {
      select.setObject(1, UUID.fromString(person));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  @Test
  void nothingLeadsFromTheLogToThePersonAfterwardsAndTheTreeIsUntouched() throws Exception {
    disclose(null);
    disclose(null);
    List<String> committed = commitmentsOfPerson();
    assertEquals(2, committed.size());
    long entries = log.current().freshness().size();

    String key = UUID.randomUUID().toString();
    Response erased = erase(person, ORDERED, key);

    erased
        .then()
        .statusCode(201)
        .header("Location", matchesPattern(".*/admin/v1/erasures/[0-9a-f-]{36}"))
        .body("commitments", equalTo(2))
        .body("disclosures", equalTo(2))
        .body("reference", equalTo("DP-2026/117"));
    assertEquals(erased.asString(), erase(person, ORDERED, key).asString(), "the same key again");
    assertEquals(List.of(), commitmentsOfPerson());
    try (Connection connection = database.getConnection()) {
      for (String text : committed) {
        assertEquals(Optional.empty(), commitments.open(connection, Commitment.parse(text)));
      }
    }
    assertFalse(dump("disclosure").contains(person));
    assertFalse(dump("log_commitment").contains(person));
    assertFalse(dump("erasure").contains(person));
    assertFalse(dump("operation where location like '%erasures%'").contains(person));
    for (String text : committed) {
      assertFalse(dump("disclosure").contains(text));
      assertTrue(entriesFrom(entries - 2).contains(text), "the tree holds the entries as before");
    }
    log.current().integrate();
    String told = entriesFrom(entries);
    assertTrue(told.contains("\"act\":\"links_erased\""), told);
    assertFalse(told.contains(person) || told.contains("DP-2026"), told);

    String id = erased.path("id");
    String path = "/admin/v1/erasures/" + id;
    String admin = client.token("registry.admin", List.of());
    client.as(admin, "GET", path).get(path).then().statusCode(200).body("commitments", equalTo(2));
  }

  private String entriesFrom(long index) {
    StringBuilder entries = new StringBuilder();
    for (long i = index; i < log.current().freshness().size(); i++) {
      entries.append(new String(log.current().entry(i).orElseThrow(), StandardCharsets.UTF_8));
    }
    return entries.toString();
  }

  private String dump(String table) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(string_agg(t::text, ' '), '') from (select * from "
                    + table
                    + ") t")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void theRegistersRulesAreFollowed() throws SQLException {
    disclose(null);
    erase(person, "{\"ground\":\"retention-over\"}")
        .then()
        .statusCode(409)
        .body("rule", equalTo("erasure/retained"));

    disclose(Instant.parse("2099-01-01T00:00:00Z"));
    erase(person, ORDERED).then().statusCode(409).body("rule", equalTo("erasure/not-visible-yet"));
    assertEquals(2, commitmentsOfPerson().size());

    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update disclosure set visible_after = null, disclosed_at = '2001-01-01Z' where person_id = '"
              + person
              + "'");
    }
    erase(person, "{\"ground\":\"retention-over\"}").then().statusCode(201);
  }

  @Test
  void whoIsNotThereAndWhatIsNotSaidIsRefused() {
    erase(UUID.randomUUID().toString(), ORDERED).then().statusCode(404);
    erase("no-uuid", ORDERED).then().statusCode(404);
    erase(person, "{}").then().statusCode(400).body("violations.field", hasItem("ground"));
    erase(person, "{\"ground\":\"because\"}").then().statusCode(400);
    erase(person, "{\"ground\":\"ordered\"}")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("reference"));
    erase(person, "{\"ground\":\"ordered\",\"reference\":\"of Mr. X\"}").then().statusCode(400);
    erase(person, "{\"ground\":\"ordered\",\"name\":\"x\"}").then().statusCode(400);
    erase(person, "").then().statusCode(400);
    String path = "/admin/v1/persons/" + person + "/erasures";
    String admin = client.token("registry.admin", List.of());
    client
        .as(admin, "POST", path)
        .body(ORDERED)
        .post(path)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:mekong:problem:idempotency-key-required"));
    String other = client.token("person.write", List.of());
    client.as(other, "POST", path).body(ORDERED).post(path).then().statusCode(403);
    client.asGateway().body(ORDERED).post(path).then().statusCode(403);
    client.open().body(ORDERED).post(path).then().statusCode(401);
    String erasure = "/admin/v1/erasures/" + UUID.randomUUID();
    client.as(admin, "GET", erasure).get(erasure).then().statusCode(404);
  }
}
