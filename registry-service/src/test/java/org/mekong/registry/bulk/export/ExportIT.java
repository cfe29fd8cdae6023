package org.mekong.registry.bulk.export;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ExportIT {

  private static final String EXPORTS = "/v1/exports";
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  TestSetting setting;
  @Inject DataSource database;
  private RegistryClient client;
  private List<Map<String, Object>> grants;

  @BeforeEach
  void connect() {
    client = new RegistryClient(setting);
    grants =
        List.of(
            RegistryClient.grant(
                "civil-registration", "read", "names", "contact", "date_of_birth", "religion"));
  }

  @Test
  void givesPagesOfWhoMayBeSeenAndDisclosesEach() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(person("1931-0" + (i + 1) + "-01", false));
    }
    String hidden = person("1931-06-01", true);
    person("1932-01-01", false);
    String started =
        start(
                """
                {"purpose":"civil-registration","fields":["names","date_of_birth"],
                 "provinces":["44"],"bornFrom":1931,"bornTo":1931}
                """)
            .then()
            .statusCode(201)
            .body("state", equalTo("open"))
            .header("Location", startsWith(EXPORTS + "/"))
            .extract()
            .header("Location");
    StringBuilder file = new StringBuilder();
    String next = started + "/persons?limit=2";
    int pages = 0;
    while (next != null) {
      Response page = get(next, "application/x-ndjson");
      assertEquals(200, page.statusCode(), page.asString());
      file.append(page.asString());
      Matcher link = NEXT.matcher(page.header("Link") == null ? "" : page.header("Link"));
      next = link.find() ? link.group(1) : null;
      pages++;
    }
    assertTrue(pages >= 3);
    assertEquals(5, file.toString().lines().count(), file.toString());
    for (String id : ids) {
      assertTrue(file.toString().contains(id));
      assertEquals("1", text("select count(*) from disclosure where person_id = '" + id + "'"));
    }
    assertFalse(file.toString().contains(hidden));
    assertEquals("0", text("select count(*) from disclosure where person_id = '" + hidden + "'"));
    get(started, "application/json")
        .then()
        .body("state", equalTo("finished"))
        .body("given", equalTo(5));
  }

  @Test
  void leavesOutWhatIsNotGrantedAndMakesCellsHarmless() {
    String id = person("1933-01-01", false);
    String started =
        start(
                """
                {"purpose":"civil-registration","fields":["contact","hometown"],"ids":["%s"]}
                """
                    .formatted(id))
            .then()
            .statusCode(201)
            .body("fields", equalTo(List.of("contact")))
            .extract()
            .header("Location");
    String file = get(started + "/persons", "text/csv").asString();
    assertEquals("id,contact_phone,contact_email\r\n" + id + ",'+84901234567,\r\n", file);
  }

  @Test
  void refusesWhatMayNotBeAsked() {
    start("{\"purpose\":\"civil-registration\",\"fields\":[\"hometown\"]}").then().statusCode(403);
    start("{\"purpose\":\"marriage\",\"fields\":[\"names\"]}").then().statusCode(403);
    start("{\"purpose\":\"no-such\",\"fields\":[\"names\"]}").then().statusCode(400);
    start("{\"fields\":[\"names\"]}").then().statusCode(400);
    start(
            """
            {"purpose":"civil-registration","fields":["names"],"provinces":["XX"],"bornFrom":2000,
             "bornTo":1990,"ids":["no"]}
            """)
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("provinces[0]"))
        .body("violations.field", hasItem("bornTo"))
        .body("violations.field", hasItem("ids[0]"));
    String reader = client.token("person.read", grants);
    client.as(reader, "POST", EXPORTS).body("{}").post(EXPORTS).then().statusCode(403);
    get(EXPORTS + "/" + UUID.randomUUID(), "application/json").then().statusCode(404);
  }

  @Test
  void anExportEndsAndIsNobodyElses() {
    String started =
        start("{\"purpose\":\"civil-registration\",\"fields\":[\"names\"],\"bornTo\":1901}")
            .then()
            .statusCode(201)
            .extract()
            .header("Location");
    get(started + "/persons?limit=0", "text/csv").then().statusCode(400);
    get(started + "/persons?cursor=x", "text/csv").then().statusCode(422);
    Response empty = get(started + "/persons", "application/x-ndjson");
    assertEquals("", empty.asString());
    execute(
        "update bulk_export set expires_at = now() - interval '1 s' where export_id = '"
            + started.substring(started.lastIndexOf('/') + 1)
            + "'");
    get(started, "application/json").then().body("state", equalTo("expired"));
    get(started + "/persons", "text/csv").then().statusCode(409);
    execute("update bulk_export set caller = 'another' where expires_at < now()");
    get(started, "application/json").then().statusCode(404);
    get(started + "/persons", "text/csv").then().statusCode(404);
  }

  private String person(String birth, boolean withheld) {
    return client
        .register(
            """
            {"names":[{"family":"Trịnh","given":"Hoa"}],"dateOfBirth":"%s","sex":2,
             "placeOfBirthRegistration":"045","withheld":%s,"contact":{"phone":"+84901234567"},
             "residences":[{"kind":"permanent","province":"44"}]}
            """
                .formatted(birth, withheld))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private Response start(String body) {
    return client
        .as(client.token("register.export", grants), "POST", EXPORTS)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body(body)
        .post(EXPORTS);
  }

  private Response get(String path, String accept) {
    return client.as(client.token("register.export", grants), "GET", path).accept(accept).get(path);
  }

  private void execute(String statement) {
    try (Connection connection = database.getConnection();
        Statement of = connection.createStatement()) {
      of.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String text(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
