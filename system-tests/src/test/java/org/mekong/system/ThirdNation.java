package org.mekong.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The node of Cambodia, started by a launcher of its own beside the running platform. */
final class ThirdNation implements AutoCloseable {
  private static final Path OUTPUT = Path.of("target/third.out").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process launcher;

  private ThirdNation(Process launcher) {
    this.launcher = launcher;
  }

  static ThirdNation start() throws Exception {
    Files.deleteIfExists(OUTPUT);
    List<String> command = new ArrayList<>(RunningPlatform.launcherCommand("org.mekong.local.Up"));
    command.addAll(
        List.of(
            "--nation",
            "KH",
            "--join",
            "--port",
            String.valueOf(RunningPlatform.BASE_PORT),
            "--data",
            RunningPlatform.DATA.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    var nation = new ThirdNation(process);
    nation.awaitReady();
    return nation;
  }

  private void awaitReady() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!output().contains("Ctrl-C stops everything")) {
      if (!launcher.isAlive()) {
        throw new IllegalStateException("the launcher ended:\n" + output());
      }
      if (System.nanoTime() > deadline) {
        launcher.destroy();
        throw new TimeoutException("the launcher did not finish:\n" + output());
      }
      Thread.sleep(100);
    }
  }

  private static String output() throws IOException {
    return Files.exists(OUTPUT) ? Files.readString(OUTPUT, StandardCharsets.UTF_8) : "";
  }

  @Override
  public void close() throws Exception {
    launcher.destroy();
    launcher.waitFor(30, TimeUnit.SECONDS);
  }
}
