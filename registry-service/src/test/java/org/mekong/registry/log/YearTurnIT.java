package org.mekong.registry.log;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mekong.log.LogResource;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Requester;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** A running register goes over to the new year's log, seals the old one, and serves both. */
@QuarkusTest
@TestProfile(YearTurnIT.NewYear.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class YearTurnIT {

  /** A node on the last evening of a year. */
  public static final class NewYear implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RegistryNode.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("registry.log.retention", "P0D");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(TurningClock.class);
    }
  }

  private static final String LOG = "/admin/v1/log";
  private static final String PRUNINGS = LOG + "/prunings";
  private static final String RENEWALS = LOG + "/key-renewals";

  TestSetting setting;
  @Inject TurningClock clock;
  @Inject DisclosureDesk desk;
  @Inject YearlyLog log;

  @Test
  @Order(1)
  void aRunningRegisterTurnsToTheNewYearsLogAndSealsTheOldOne() throws Exception {
    String origin = "vn.mekong.example/registry/";
    RegistryClient client = new RegistryClient(setting);
    assertEquals(origin + TurningClock.OLD, give());

    clock.set(TurningClock.OLD + "-12-31T23:59:59.900Z");
    int next = TurningClock.OLD + 1;
    client.open().get("/log/" + next + "/key").then().statusCode(200).body(startsWith(origin));
    clock.set(next + "-01-01T00:00:00Z");
    assertEquals(origin + next, give());
    clock.set(next + "-01-01T00:01:30Z");
    for (int i = 0; i < 100 && !log.ofYear(TurningClock.OLD).orElseThrow().isSealed(); i++) {
      Thread.sleep(100);
    }

    assertTrue(log.ofYear(TurningClock.OLD).orElseThrow().isSealed());
    for (int year : new int[] {TurningClock.OLD, next}) {
      client
          .open()
          .get("/log/" + year + "/checkpoint")
          .then()
          .statusCode(200)
          .body(startsWith(origin + year + (year == next ? "\n1\n" : "\n2\n")));
      client.open().get("/log/" + year + "/tile/entries/000.p/1").then().statusCode(200);
    }
    client.open().get("/log/" + (next + 2) + "/key").then().statusCode(404);
    client
        .open()
        .get("/q/metrics")
        .then()
        .body(containsString("mekong_log_notice{log=\"registry\"} 0.0"))
        .body(containsString("mekong_log_cosignature_age_seconds{log=\"registry\"} NaN"));
    client
        .open()
        .get("/q/health/ready")
        .then()
        .body("checks.find { it.name == 'log witnesses' }.data.year", equalTo(next));
  }

  @Test
  @Order(2)
  void whatIsOverIsPrunedAndTheRestStaysProvable() throws Exception {
    int year = TurningClock.OLD + 1;
    clock.set(Clock.systemUTC().instant().toString()); // tokens are of this time
    for (int i = 0; i < 260; i++) {
      give();
    }
    RegistryClient client = new RegistryClient(setting);
    String admin = client.token("registry.admin", List.of());
    byte[] before = log.ofYear(year).orElseThrow().checkpoint();

    client
        .as(admin, "POST", PRUNINGS)
        .body("{\"year\":" + year + ",\"belowIndex\":100000}")
        .post(PRUNINGS)
        .then()
        .statusCode(409)
        .body("rule", equalTo("log/retained"));
    client
        .as(admin, "POST", PRUNINGS)
        .body("{\"year\":" + year + ",\"belowIndex\":257}")
        .post(PRUNINGS)
        .then()
        .statusCode(200)
        .body("firstIndex", equalTo(256))
        .body("entries", equalTo(256))
        .body("commitments", greaterThan(200));

    client.open().get("/log/" + year + "/tile/entries/000").then().statusCode(404);
    client
        .as(admin, "GET", LOG)
        .get(LOG)
        .then()
        .statusCode(200)
        .body("standing", equalTo("unwitnessed"))
        .body("retention", equalTo("P0D"))
        .body("logs[0].origin", equalTo("vn.mekong.example/registry/" + year))
        .body("logs[0].current", equalTo(true))
        .body("logs[0].firstIndex", equalTo(256))
        .body("logs[0].checkpoint", startsWith("vn.mekong.example/registry/" + year))
        .body("logs[1].sealed", equalTo(true));
    LogVerifier.verify(
        path -> log.ofYear(year).orElseThrow().read(path).map(LogResource::bytes),
        LogExpectation.of(Policy.ofLogs(log.verifierKey(year).orElseThrow()))
            .continuing(Checkpoint.parse(Note.parse(before).text()))
            .prunedBelow(256));
    // The act itself stands in the log.
    String told =
        new String(log.ofYear(year).orElseThrow().entry(261).orElseThrow(), StandardCharsets.UTF_8);
    assertTrue(told.contains("\"act\":\"log_pruned\""), told);
    assertTrue(told.contains("\"administrator\":\"test-client\""), told);
  }

  @Test
  @Order(3)
  void aPruningThatCannotBeIsRefusedNamingWhy() {
    RegistryClient client = new RegistryClient(setting);
    String admin = client.token("registry.admin", List.of());
    for (String body :
        List.of(
            "{}",
            "{\"year\":2026}",
            "{\"year\":2026,\"belowIndex\":0}",
            "{\"year\":26,\"belowIndex\":1}")) {
      client
          .as(admin, "POST", PRUNINGS)
          .body(body)
          .post(PRUNINGS)
          .then()
          .statusCode(400)
          .body("violations.size()", greaterThan(0));
    }
    client.as(admin, "POST", PRUNINGS).body("").post(PRUNINGS).then().statusCode(400);
    client
        .as(admin, "POST", PRUNINGS)
        .body("{\"year\":1999,\"belowIndex\":1}")
        .post(PRUNINGS)
        .then()
        .statusCode(404);
    for (String scope : List.of("person.read", "person.write")) {
      String other = client.token(scope, List.of());
      client.as(other, "GET", LOG).get(LOG).then().statusCode(403);
      client.as(other, "POST", PRUNINGS).body("{}").post(PRUNINGS).then().statusCode(403);
      client.as(other, "POST", RENEWALS).post(RENEWALS).then().statusCode(403);
    }
    client.open().get(LOG).then().statusCode(401);
    client.as(admin, "POST", RENEWALS).post(RENEWALS).then().statusCode(202);
  }

  /** Gives something out; the origin of the log that tells of it. */
  private String give() {
    Enquiry enquiry =
        new Enquiry(
            Kind.READ,
            "marriage",
            new Requester(UUID.randomUUID().toString(), "VN", "agency", null, null, null),
            List.of("names"));
    Disclosed<String> given =
        desk.give(enquiry, transaction -> new Finding<>("read", false, List.of(UUID.randomUUID())));
    return given.trace().origin();
  }
}
