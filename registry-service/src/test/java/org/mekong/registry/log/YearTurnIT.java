package org.mekong.registry.log;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
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
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(TurningClock.class);
    }
  }

  TestSetting setting;
  @Inject TurningClock clock;
  @Inject DisclosureDesk desk;
  @Inject YearlyLog log;

  @Test
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
          .body(startsWith(origin + year + "\n1\n"));
      client.open().get("/log/" + year + "/tile/entries/000.p/1").then().statusCode(200);
    }
    client.open().get("/log/" + (next + 2) + "/key").then().statusCode(404);
    client
        .open()
        .get("/q/health/ready")
        .then()
        .body("checks.find { it.name == 'log witnesses' }.data.year", equalTo(next));
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
