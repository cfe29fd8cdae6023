package org.mekong.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.local.machine.StartException;
import org.mekong.local.nation.Nation;

class PreflightTest {
  @TempDir Path folder;

  @Test
  void aPortInUseIsOneLineThatNamesItAndTheWayOut() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StartException refused =
          assertThrows(
              StartException.class, () -> Preflight.portsFree(List.of(taken.getLocalPort())));

      assertTrue(refused.getMessage().contains("Port " + taken.getLocalPort() + " is in use"));
      assertTrue(refused.getMessage().contains("--port"));
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  @Test
  void availableMemoryIsReadFromMeminfo() throws Exception {
    Path meminfo = folder.resolve("meminfo");
    Files.writeString(meminfo, "MemTotal: 24000000 kB\nMemAvailable:    2097152 kB\n");

    assertEquals(Optional.of(2048L), Preflight.availableMebibytes(meminfo));
    assertEquals(Optional.empty(), Preflight.availableMebibytes(folder.resolve("absent")));
  }

  @Test
  void tooLittleMemoryIsOneLineThatSaysHowMuchIsNeeded() {
    StartException refused =
        assertThrows(StartException.class, () -> Preflight.memoryFor(Integer.MAX_VALUE / 2000));

    assertEquals(1, refused.getMessage().lines().count());
    assertTrue(refused.getMessage().contains("--nation"));
  }

  @Test
  void aServiceThatIsNotBuiltIsNamed() {
    StartException refused =
        assertThrows(StartException.class, () -> Preflight.jarOf(folder, Nation.Part.GATEWAY));

    assertTrue(refused.getMessage().startsWith("gateway is not built"));
  }
}
