package org.mekong.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mekong.client.Profile;
import org.mekong.system.fault.FaultProxy;

/**
 * A platform that the launcher started as a process of its own; shared by all system tests of one
 * run.
 */
final class RunningPlatform implements AutoCloseable {
  static final int BASE_PORT = Integer.getInteger("mekong.base-port", 9100);
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  static final Path DATA = Path.of("target/platform").toAbsolutePath();
  private static final Path OUTPUT = Path.of("target/launcher.out").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What stands before each nation's gateway, for the other nation's; passes on unless told. */
  private static final Map<String, FaultProxy> DOORS = new TreeMap<>();

  private static RunningPlatform shared;

  private final Process launcher;

  private RunningPlatform(Process launcher) {
    this.launcher = launcher;
  }

  /** The one platform of this run, started at first use; stops with the JVM. */
  static synchronized RunningPlatform shared() throws Exception {
    if (shared == null || !shared.launcher.isAlive()) {
      shared = start("--fresh");
      RunningPlatform started = shared;
      Runtime.getRuntime().addShutdownHook(new Thread(started.launcher::destroy));
    }
    return shared;
  }

  /** Replaces the shared platform by a new start on the same data. */
  static synchronized RunningPlatform startAgain() throws Exception {
    shared = start();
    RunningPlatform started = shared;
    Runtime.getRuntime().addShutdownHook(new Thread(started.launcher::destroy));
    return shared;
  }

  private static RunningPlatform start(String... more) throws Exception {
    Files.deleteIfExists(OUTPUT);
    openDoors();
    List<String> command = new ArrayList<>(launcherCommand("org.mekong.local.Up"));
    command.add("--restart");
    DOORS.forEach((nation, door) -> command.addAll(List.of("--door", nation + "=" + door.port())));
    command.addAll(
        List.of(
            "--port", String.valueOf(BASE_PORT), "--persons", "500", "--data", DATA.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile())
            .start();
    RunningPlatform platform = new RunningPlatform(process);
    platform.awaitOutput("Ctrl-C stops everything");
    return platform;
  }

  /** They stay open as long as the tests run, whatever becomes of the platform. */
  private static void openDoors() throws IOException {
    if (DOORS.isEmpty()) {
      DOORS.put("VN", FaultProxy.start(BASE_PORT + 90, BASE_PORT + 13));
      DOORS.put("LA", FaultProxy.start(BASE_PORT + 190, BASE_PORT + 113));
    }
  }

  /** What stands between a nation's gateway and the other one's. */
  static FaultProxy door(String nation) {
    return Objects.requireNonNull(DOORS.get(nation));
  }

  /** The command that runs one main class of what {@code deploy/local} built. */
  static List<String> launcherCommand(String mainClass) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dfile.encoding=UTF-8",
        "-Dmekong.project=" + PROJECT,
        "-Dmekong.data=" + DATA,
        "-cp",
        PROJECT.resolve("deploy/local/target/local.jar").toString(),
        mainClass);
  }

  private void awaitOutput(String text) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!output().contains(text)) {
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

  /** What the launcher printed so far. */
  String output() throws IOException {
    return Files.exists(OUTPUT) ? Files.readString(OUTPUT, StandardCharsets.UTF_8) : "";
  }

  /** The registry office in Quảng Trị. */
  Profile.Loaded registryOffice() throws IOException {
    return Profile.load(DATA.resolve("VN/clients/registry-office.json"));
  }

  /** The number of the resident of Savannakhet. */
  String residentNumber() throws IOException {
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(DATA.resolve("LA/resident.json").toFile())
        .path("personalNumber")
        .asText();
  }

  /** The process of one service. */
  ProcessHandle service(String nation, String feature) {
    String folder = DATA.resolve(nation).resolve(feature).toString();
    return launcher
        .descendants()
        .filter(p -> p.info().commandLine().map(line -> line.contains(folder)).orElse(false))
        .findFirst()
        .orElseThrow();
  }

  /** All processes that work on this platform's data, the launcher's and PostgreSQL's included. */
  static List<ProcessHandle> processesOnData() {
    return ProcessHandle.allProcesses()
        .filter(
            p ->
                p.pid() != ProcessHandle.current().pid()
                    && p.info()
                        .commandLine()
                        .map(line -> line.contains(DATA.toString()))
                        .orElse(false))
        .toList();
  }

  /** Ends the launcher alone, without a warning. */
  void killLauncher() throws InterruptedException {
    launcher.destroyForcibly();
    launcher.waitFor(10, TimeUnit.SECONDS);
  }

  /** Sends a signal by name: STOP, CONT, KILL. */
  static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws Exception {
    launcher.destroy();
    launcher.waitFor(30, TimeUnit.SECONDS);
  }
}
