package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.system.RegistryOffice.ask;
import static org.mekong.system.RegistryOffice.marriage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mekong.client.CheckedAnswer;

/**
 * The launcher and what it leaves behind when it ends. It comes last: it ends the platform that the
 * others share.
 */
@Order(Integer.MAX_VALUE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherIT {
  @Test
  @Order(1)
  void noPersonalDataStandsInAnyLogFile() throws Exception {
    String number = RunningPlatform.shared().residentNumber();
    ask(marriage(number));
    try (Stream<Path> files = Files.walk(RunningPlatform.DATA, 3)) {
      for (Path log : files.filter(f -> f.endsWith("service.log")).toList()) {
        String text = Files.readString(log, StandardCharsets.UTF_8);
        assertFalse(text.contains(number), log::toString);
        assertFalse(text.contains("ພົມມະຈັນ"), log::toString);
      }
    }
  }

  @Test
  @Order(2)
  void killingTheLauncherLeavesNoProcessBehindAndTheNextStartGoesOnWithTheSameData()
      throws Exception {
    RunningPlatform platform = RunningPlatform.shared();
    long before = ask(marriage(platform.residentNumber())).logEntry().index();
    String number = platform.residentNumber();

    platform.killLauncher();
    awaitNoProcess();
    RunningPlatform again = RunningPlatform.startAgain();

    assertEquals(number, again.residentNumber());
    CheckedAnswer answer = ask(marriage(number));
    assertTrue(answer.logEntry().index() > before);
    // 500 and a few whom the launcher and other tests have registered, not filled once more
    assertTrue(again.output().matches("(?s).*: 50\\d persons.*"), again.output());
    LogsIT.assertEachVerifies();
  }

  @Test
  @Order(3)
  void aPolitelyStoppedLauncherLeavesNoProcessBehind() throws Exception {
    RunningPlatform.shared().close();

    awaitNoProcess();
  }

  private static void awaitNoProcess() throws Exception {
    for (int i = 0; i < 200 && !RunningPlatform.processesOnData().isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertEquals(List.of(), RunningPlatform.processesOnData());
  }
}
