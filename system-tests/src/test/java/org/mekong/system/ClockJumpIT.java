package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.client.Profile;
import org.mekong.system.fault.LookupLoad;

/**
 * The clock of one gateway jumps while lookups run: by ten minutes forth and back, and by ten
 * minutes back and forth. While it is wrong lookups are refused and whoever must act is told so;
 * when it is right they are answered, though nobody restarts anything; and what was acknowledged
 * stands in both logs once. Needs libfaketime: skipped elsewhere.
 */
class ClockJumpIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration JUMP = Duration.ofMinutes(10);

  /** Some rounds of all that is done every few seconds. */
  private static final Duration WRONG = Duration.ofSeconds(12);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RunningPlatform platform;
  private LookupLoad load;
  private BothLogs logs;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        MovableClock.library().isPresent(),
        "no libfaketime on this machine: a clock that jumps is not tried");
    platform = RunningPlatform.shared();
    Profile.Loaded office = platform.registryOffice();
    load = new LookupLoad(office, platform.residentNumber());
    logs = BothLogs.of(office);
  }

  @AfterEach
  void heal() throws Exception {
    if (logs != null) {
      logs.awaitAll();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"VN", "LA"})
  void aGatewayWhoseClockJumpedAnswersWhenItIsRightAgain(String nation) throws Exception {
    try (MovableClock clock = new MovableClock(platform, nation, "gateway")) {
      logs.awaitAll();
      ProcessHandle gateway = platform.service(nation, "gateway");
      load.start(2, Duration.ofSeconds(1));
      awaitAnswer("before");

      for (Duration jump : List.of(JUMP, JUMP.negated())) {
        clock.set(jump);
        awaitRefusal(nation, jump);
        Thread.sleep(WRONG);
        clock.set(Duration.ZERO);
        awaitAnswer(nation + " was off by " + jump);
      }

      load.finish(Duration.ofSeconds(90));
      assertTrue(gateway.isAlive(), "the gateway runs on");
      System.out.println(nation + ": " + load);
      assertEquals(List.of(), load.wrong(), load::toString);
      assertEquals(
          List.of(),
          load.refusals().stream()
              .filter(each -> !each.contains("\"rule\":\"exchange/clock\""))
              .toList());
      assertEquals(List.of(), logs.faults(load.promises()), load::toString);
    }
  }

  private void awaitAnswer(String when) throws Exception {
    HttpResponse<String> last = load.once(UUID.randomUUID().toString());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (last.statusCode() != 200) {
      assertTrue(System.nanoTime() < deadline, when + ": " + last.statusCode() + " " + last.body());
      Thread.sleep(500);
      last = load.once(UUID.randomUUID().toString());
    }
  }

  /**
   * Our own gateway takes no proof of another time; the other one takes no request of another time,
   * and what it signs in the future is not believed.
   */
  private void awaitRefusal(String nation, Duration jump) throws Exception {
    String told = "";
    for (int i = 0; i < 40; i++) {
      HttpResponse<String> last = load.once(UUID.randomUUID().toString());
      told = last.statusCode() + " " + last.body();
      if (nation.equals("VN") ? last.statusCode() == 401 : isOfTheClock(last, jump)) {
        return;
      }
      Thread.sleep(250);
    }
    fail(nation + " is off by " + jump + " and " + told);
  }

  private static boolean isOfTheClock(HttpResponse<String> refused, Duration jump)
      throws IOException {
    JsonNode problem = JSON.readTree(refused.body());
    return refused.statusCode() == (jump.isNegative() ? 403 : 502)
        && problem
            .path("rule")
            .asText()
            .equals(jump.isNegative() ? "exchange/clock" : "exchange/answer/clock")
        && problem.path("action").asText().contains("clock");
  }
}
