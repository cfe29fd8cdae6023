package org.mekong.identity.officer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.HeardLog;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** No number, name, password or code of a person reaches a log line, a metric or the journal. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class PeopleLeakIT {
  private static final String ACCOUNTS = "/admin/v1/accounts";
  private static final TestSystem ADMIN = TestSystem.administrator();

  @Inject DataSource database;
  private final HeardLog log = HeardLog.listen();

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void whatIsAPersonsStaysOutOfLogsMetricsAndJournal() throws Exception {
    String number = "0452%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    String name = "Marker" + UUID.randomUUID().toString().substring(0, 8);
    String agency = TestSystem.registered().clientId();
    Map<String, Object> citizen =
        Map.of("kind", "citizen", "personalNumber", number, "assurance", "low");
    Response made = ADMIN.post(ACCOUNTS, citizen);
    made.then().statusCode(201);
    String user = "m" + UUID.randomUUID().toString().substring(0, 10);
    Response officer =
        ADMIN.post(
            ACCOUNTS,
            Map.of(
                "kind",
                "officer",
                "userName",
                user,
                "name",
                name,
                "agencyId",
                agency,
                "roles",
                List.of("registrar"),
                "assurance",
                "high"));
    officer.then().statusCode(201);
    String path = ACCOUNTS + "/" + officer.path("id") + "/activation";
    Response handed = ADMIN.authorised("POST", path).post(path);
    String first = handed.path("firstHalf");
    String second = handed.path("outcome.secondHalf");
    String code = first + "." + second;
    Response offer = post("/v1/activations", Map.of("code", code));
    String password = "Pass!" + UUID.randomUUID();
    List<String> errors = new ArrayList<>();
    errors.add(ADMIN.post(ACCOUNTS, citizen).asString());
    errors.add(
        ADMIN
            .post(
                ACCOUNTS,
                Map.of("kind", "officer", "personalNumber", number, "userName", user, "name", name))
            .asString());
    for (String wrong : List.of(password, name + name, number)) {
      errors.add(
          post(
                  "/v1/activations/completion",
                  Map.of("code", code, "password", wrong, "oneTimeCode", "123456"))
              .asString());
    }
    errors.add(post("/v1/activations", Map.of("code", code + "x")).asString());
    errors.add(post("/v1/activations", "{\"code\":\"" + code).asString());
    ADMIN.get("/admin/v1/journal").then().statusCode(200);

    List<String> secrets =
        List.of(number, name, user, password, first, second, offer.<String>path("secret"));
    String seen = log.text() + given().get("/q/metrics").asString() + journal();
    for (String secret : secrets) {
      assertFalse(seen.contains(secret), "in a log, a metric or the journal");
      assertFalse(String.join("\n", errors).contains(secret), "in an error");
    }
    assertTrue(seen.contains("account_activation_opened"), "the journal was looked at");
    assertFalse(kept().contains(number), "readable in a table");
    assertFalse(kept().contains(second), "readable in a table");
  }

  private static Response post(String path, Object body) {
    return given().contentType("application/json").body(body).post(path);
  }

  private static String journal() {
    StringBuilder entries = new StringBuilder();
    String cursor = "";
    while (true) {
      Response page =
          ADMIN
              .authorised("GET", "/admin/v1/journal")
              .queryParam("limit", 200)
              .queryParam("cursor", cursor)
              .get("/admin/v1/journal");
      entries.append(page.asString());
      String next = page.path("next");
      if (next == null || next.equals(cursor)) {
        return entries.toString();
      }
      cursor = next;
    }
  }

  /** Every table that holds something of what was sent, as text. */
  private String kept() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (String table : List.of("account", "activation", "idempotency", "proposal")) {
      try (Connection connection = database.getConnection();
          PreparedStatement select =
              connection.prepareStatement("SELECT row_to_json(t)::text FROM " + table + " t");
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.append(row.getString(1));
        }
      }
    }
    return rows.toString();
  }
}
