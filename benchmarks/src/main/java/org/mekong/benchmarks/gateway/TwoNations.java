package org.mekong.benchmarks.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Both nations, started by the launcher as anybody starts them, from a folder that looks like the
 * checkout but holds an agreement whose quotas let a load through.
 */
final class TwoNations implements AutoCloseable {

  static final int BASE_PORT = 9100;
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Process launcher;
  private final Path data;
  private final Path output;

  private TwoNations(Process launcher, Path data, Path output) {
    this.launcher = launcher;
    this.data = data;
    this.output = output;
  }

  /**
   * Starts them anew.
   *
   * @param jvm further flags of the services' JVMs, after the launcher's; may be empty
   */
  static TwoNations start(Path folder, int persons, String jvm)
      throws IOException, InterruptedException {
    Path project = project(folder.resolve("project"));
    Path data = folder.resolve("data");
    Path output = folder.resolve("launcher.out");
    Files.deleteIfExists(output);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dmekong.project=" + project);
    command.add("-Dmekong.service-options=" + jvm);
    command.addAll(List.of("-cp", CHECKOUT.resolve("deploy/local/target/local.jar").toString()));
    command.addAll(List.of("org.mekong.local.Up", "--fresh", "--data", data.toString()));
    command.addAll(List.of("--port", Integer.toString(BASE_PORT)));
    command.addAll(List.of("--persons", Integer.toString(persons)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    TwoNations nations = new TwoNations(process, data, output);
    nations.awaitStory();
    return nations;
  }

  /** The checkout by links, but for the agreement. */
  private static Path project(Path folder) throws IOException {
    Path agreements = folder.resolve("deploy/local/agreements");
    Files.createDirectories(agreements);
    for (String module : List.of("identity-service", "registry-service", "gateway")) {
      Path link = folder.resolve(module);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, CHECKOUT.resolve(module));
    }
    try (var files = Files.list(CHECKOUT.resolve("deploy/local/agreements"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(
            agreements.resolve(file.getFileName()),
            Files.readString(file)
                .replaceAll("\"dailyQuota\": *[0-9]+", "\"dailyQuota\": 100000000")
                .replaceAll("\"ratePerSecond\": *[0-9]+", "\"ratePerSecond\": 1000000"));
      }
    }
    return folder;
  }

  private void awaitStory() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(output).contains("Ctrl-C stops everything")) {
      if (!launcher.isAlive() || System.nanoTime() > end) {
        launcher.destroy();
        throw new IOException("the nations did not start; see " + output);
      }
      Thread.sleep(200);
    }
  }

  Path data() {
    return data;
  }

  Path authority() {
    return data.resolve("ca.pem");
  }

  /** The folder of a service: its keys, its configuration, its log. */
  Path folder(String nation, String feature) {
    return data.resolve(nation).resolve(feature);
  }

  URI gateway() {
    return URI.create("https://localhost:" + (BASE_PORT + 13));
  }

  URI issuer() {
    return URI.create("https://localhost:" + (BASE_PORT + 11));
  }

  /** The register that answers. */
  URI answeringRegister() {
    return URI.create("https://localhost:" + (BASE_PORT + 112));
  }

  URI answeringGateway() {
    return URI.create("https://localhost:" + (BASE_PORT + 113));
  }

  /** The database of a service. */
  String jdbc(String nation, String feature) throws IOException {
    String password = Files.readString(data.resolve("postgres/password")).strip();
    return "jdbc:postgresql://localhost:%d/%s_%s?user=postgres&password=%s"
        .formatted(BASE_PORT + 32, nation.toLowerCase(java.util.Locale.ROOT), feature, password);
  }

  /** The process of a service. */
  ProcessHandle service(String nation, String feature) throws IOException {
    String properties = folder(nation, feature).resolve("service.properties").toString();
    return launcher
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(properties))
        .findFirst()
        .orElseThrow(() -> new IOException(nation + " " + feature + " does not run"));
  }

  ProcessHandle postmaster() throws IOException {
    Path file = data.resolve("postgres/data/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        .orElseThrow(() -> new IOException("PostgreSQL does not run"));
  }

  @Override
  public void close() throws InterruptedException {
    launcher.destroy();
    if (!launcher.waitFor(60, TimeUnit.SECONDS)) {
      launcher.destroyForcibly();
    }
  }
}
