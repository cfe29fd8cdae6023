package org.mekong.identity.log;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** What operators do with the journal's log, and what they may not. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class LogAdminIT {
  private static final String LOG = "/admin/v1/log";
  private static final String PRUNINGS = LOG + "/prunings";
  private static final int YEAR = Year.now(ZoneOffset.UTC).getValue();

  @Test
  void theReportTellsHowTheLogStands() {
    String origin = "vn.mekong.example/identity/" + YEAR;
    TestSystem.registered();
    TestSystem.administrator().get("/admin/v1/journal").then().statusCode(200); // places entries

    TestSystem.administrator()
        .get(LOG)
        .then()
        .statusCode(200)
        .body("standing", equalTo("unwitnessed"))
        .body("servesAbroad", equalTo(true))
        .body("retention", equalTo("P10Y"))
        .body("logs[0].origin", equalTo(origin))
        .body("logs[0].current", equalTo(true))
        .body("logs[0].size", greaterThan(0))
        .body("logs[0].prunableBelow", equalTo(0))
        .body("logs[0].checkpoint", startsWith(origin + "\n"));
  }

  @Test
  void whatIsStillKeptIsNotPruned() {
    TestSystem.administrator()
        .post(PRUNINGS, Map.of("year", YEAR, "belowIndex", 1))
        .then()
        .statusCode(409)
        .body("rule", equalTo("log/retained"))
        .body("detail", containsString("below 0 they may go"));
  }

  @Test
  void whatCannotBeReadIsRefusedAndSoIsWhoIsNoAdministrator() {
    TestSystem administrator = TestSystem.administrator();
    administrator.post(PRUNINGS, Map.of()).then().statusCode(422);
    administrator.post(PRUNINGS, Map.of("year", YEAR, "belowIndex", 0)).then().statusCode(422);
    administrator.post(PRUNINGS, Map.of("year", 1999, "belowIndex", 1)).then().statusCode(404);
    administrator
        .post(PRUNINGS, Map.of("year", YEAR, "belowIndex", 1, "x", 1))
        .then()
        .statusCode(400);
    given().get(LOG).then().statusCode(401);
    given().contentType("application/json").body("{}").post(PRUNINGS).then().statusCode(401);
  }

  @Test
  void theJournalIsListedByYear() {
    TestSystem administrator = TestSystem.administrator();
    administrator
        .authorised("GET", "/admin/v1/journal")
        .get("/admin/v1/journal?year=" + YEAR)
        .then()
        .statusCode(200)
        .body("origin", equalTo("vn.mekong.example/identity/" + YEAR));
    administrator
        .authorised("GET", "/admin/v1/journal")
        .get("/admin/v1/journal?year=1999")
        .then()
        .statusCode(404);
  }
}
