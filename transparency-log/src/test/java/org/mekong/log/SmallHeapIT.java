package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;

/**
 * Memory stays flat however long the log grows: a heap of 48 MiB is enough for a log of 80 MiB.
 * Entries: system property {@code mekong.log-entries}, 40,000 unless said otherwise.
 */
class SmallHeapIT {
  private static final int ENTRIES = Integer.getInteger("mekong.log-entries", 40_000);

  @Test
  void appendingProvingAndVerifyingALongLogFitsIntoASmallHeap() throws Exception {
    LogTables.createIn("small_heap");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapProcess.class.getName(),
                EmbeddedDatabase.shared().jdbcUrl("small_heap"),
                EmbeddedDatabase.shared().user(),
                EmbeddedDatabase.shared().password(),
                Integer.toString(ENTRIES))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), said);
    assertEquals(0, process.exitValue(), said);
    List<String> steps =
        said.lines().filter(line -> line.matches("(appended|proved|verified) [0-9]+")).toList();
    assertEquals(
        List.of("appended " + ENTRIES, "proved " + ENTRIES / 80, "verified " + ENTRIES),
        steps,
        said);
  }
}
