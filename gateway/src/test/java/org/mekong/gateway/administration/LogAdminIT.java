package org.mekong.gateway.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.log.commitment.Commitment;

/** What operators do with the log, and what they may not. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LogAdminIT {

  private static final String PRUNINGS = "/admin/v1/log/prunings";
  private static final String ERASURES = "/admin/v1/erasures";

  Surroundings around;
  @Inject GatewayLog log;
  @Inject DataSource database;

  private TestAgency.Answer post(String path, String body) {
    TestAgency operator = new TestAgency(around);
    String token = operator.token(claims -> claims.claim("scope", "gateway.admin"));
    return operator.post(around.gateway().resolve(path), token, body);
  }

  private TestAgency.Answer get(String path, String scope) {
    TestAgency operator = new TestAgency(around);
    String token = operator.token(claims -> claims.claim("scope", scope));
    URI target = around.gateway().resolve(path);
    return operator.send(
        HttpRequest.newBuilder(target)
            .header("Authorization", "DPoP " + token)
            .header("DPoP", operator.client().proof("GET", target, token)));
  }

  @Test
  void theReportTellsHowTheLogStands() {
    TestAgency.Answer answer = get("/admin/v1/log", "gateway.admin");

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals("unwitnessed", answer.body().path("standing").asText());
    assertEquals("P10Y", answer.body().path("retention").asText());
    JsonNode year = answer.body().at("/logs/0");
    assertEquals(
        "vn.mekong.example/gateway/" + Year.now(ZoneOffset.UTC), year.path("origin").asText());
    assertTrue(year.path("checkpoint").asText().startsWith(year.path("origin").asText()));
    assertEquals(0, year.path("prunableBelow").asLong());
  }

  @Test
  void whatIsStillKeptIsNotPrunedAndNothingIsLoggedOfIt() {
    var published = new PublishedLog(around);
    new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815"));
    long before = published.size();

    TestAgency.Answer refused =
        post(PRUNINGS, "{\"year\": " + Year.now(ZoneOffset.UTC) + ", \"belowIndex\": 1}");

    assertEquals(409, refused.status(), refused.response().body());
    assertEquals("log/retained", refused.rule());
    assertTrue(refused.body().path("detail").asText().contains("below 0 they may go"));
    assertEquals(before, published.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        PRUNINGS + "|{}|400",
        PRUNINGS + "|{\"year\": 2026}|400",
        PRUNINGS + "|{\"year\": 2026, \"belowIndex\": 0}|400",
        PRUNINGS + "|{\"year\": 1999, \"belowIndex\": 1}|404",
        PRUNINGS + "|{\"year\": 2026, \"belowIndex\": 1, \"x\": 1}|400",
        ERASURES + "|{}|400",
        ERASURES + "|{\"personalNumber\": \"045190000017\"}|400",
        ERASURES + "|{\"personalNumber\": \"045190000017\", \"reference\": \"a person\"}|400",
        ERASURES + "|{\"personalNumber\": \"a b\", \"reference\": \"r\"}|400"
      })
  void whatCannotBeReadIsRefused(String path, String body, int status) {
    TestAgency.Answer refused = post(path, body);

    assertEquals(status, refused.status(), refused.response().body());
    assertFalse(refused.response().body().contains("045190000017"));
  }

  @Test
  void anErasureTakesWhatOpensTheCommitmentsAndNamesNobody() throws SQLException {
    String number = "045190000017";
    UUID requestId = UUID.randomUUID();
    UUID key = UUID.randomUUID();
    Commitment commitment;
    Commitment byKey;
    try (Connection connection = database.getConnection()) {
      List<String> committed =
          log.commit(
              connection,
              List.of(
                  GatewayLog.asked("VN", number, requestId),
                  GatewayLog.asked("VN", GatewayLog.byKey(key), requestId)));
      commitment = Commitment.parse(committed.get(0));
      byKey = Commitment.parse(committed.get(1));
      assertTrue(log.commitments().open(connection, commitment).isPresent());
    }
    var published = new PublishedLog(around);
    long before = published.size();

    TestAgency.Answer erased =
        post(
            ERASURES,
            "{\"personalNumber\": \"%s\", \"personId\": \"%s\", \"reference\": \"DP-2026/117\"}"
                .formatted(number, key));

    assertEquals(200, erased.status(), erased.response().body());
    assertEquals(2, erased.body().path("commitments").asInt());
    try (Connection connection = database.getConnection()) {
      assertEquals(Optional.empty(), log.commitments().open(connection, commitment));
      assertEquals(Optional.empty(), log.commitments().open(connection, byKey));
    }
    JsonNode told = published.entriesFrom(before).getFirst();
    assertEquals("links_erased", told.path("act").asText());
    assertEquals("vn-quang-tri-system", told.path("administrator").asText());
    assertFalse(told.toString().contains(number) || told.toString().contains("DP-2026"));
    assertEquals(202, post("/admin/v1/log/key-renewals", "{}").status());
  }

  @Test
  void anAgencyIsNoOperator() {
    assertEquals(403, get("/admin/v1/log", "lookup").status());
    assertEquals(403, get("/admin/v1/log", "gateway.adm").status());
    TestAgency agency = new TestAgency(around);
    for (String path : new String[] {PRUNINGS, ERASURES, "/admin/v1/log/key-renewals"}) {
      URI target = around.gateway().resolve(path);
      assertEquals(403, agency.post(target, agency.token(), "{}").status(), path);
      assertEquals(
          401,
          agency
              .send(
                  HttpRequest.newBuilder(target)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString("{}")))
              .status());
    }
  }
}
