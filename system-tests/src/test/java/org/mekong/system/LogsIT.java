package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.system.RegistryOffice.ask;
import static org.mekong.system.RegistryOffice.marriage;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The logs of both nations, as anybody verifies them. */
class LogsIT {
  @Test
  void eachLogOfBothNationsVerifiesWhole() throws Exception {
    RunningPlatform.shared();
    assertEachVerifies();
  }

  static void assertEachVerifies() throws Exception {
    for (String line : Files.readAllLines(RunningPlatform.DATA.resolve("services.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ");
        CommandLine verified =
            CommandLine.mekong(
                "",
                "verify",
                words[1] + words[2],
                "--policy",
                RunningPlatform.DATA.resolve("VN/clients/policy.txt").toString());
        assertEquals(0, verified.exitCode(), verified::output);
      }
    }
  }

  @Test
  void anAuditorSeesEachLogCosignedByTheOtherNation() throws Exception {
    ask(marriage(RunningPlatform.shared().residentNumber()));
    for (String line : Files.readAllLines(RunningPlatform.DATA.resolve("services.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ");
        CommandLine verified =
            CommandLine.mekong(
                "",
                "verify",
                words[1] + words[2],
                "--not-older-than",
                "PT10M",
                "--policy",
                RunningPlatform.DATA.resolve("auditor.policy").toString());
        String witness = words[0].startsWith("VN") ? "LA" : "VN";
        assertEquals(0, verified.exitCode(), verified::output);
        assertTrue(verified.output().contains("cosigned by " + witness), verified::output);
      }
    }
  }
}
