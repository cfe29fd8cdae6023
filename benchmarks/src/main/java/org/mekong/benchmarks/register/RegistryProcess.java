package org.mekong.benchmarks.register;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mekong.benchmarks.load.Commands;

/** The register as a process of its own, with the flags that the launcher gives it. */
final class RegistryProcess implements AutoCloseable {

  static final String PASSWORD = "benchmark";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final URI url;
  private final Path trust;

  private RegistryProcess(Process process, URI url, Path trust) {
    this.process = process;
    this.url = url;
    this.trust = trust;
  }

  static RegistryProcess start(
      Path application, Path folder, String nation, String jdbc, URI issuer)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path keys = folder.resolve("tls.p12");
    if (!Files.exists(keys)) {
      Commands.run(
          "keytool",
          "-genkeypair",
          "-alias",
          "tls",
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-dname",
          "CN=localhost",
          "-ext",
          "san=dns:localhost",
          "-validity",
          "30",
          "-storetype",
          "PKCS12",
          "-keystore",
          keys.toString(),
          "-storepass",
          PASSWORD);
    }
    int port = freePort();
    URI url = URI.create("https://localhost:" + port);
    Map<String, String> config = new TreeMap<>();
    config.put("mekong.nation", nation);
    config.put("mekong.production", "false");
    config.put("quarkus.http.host", "localhost");
    config.put("quarkus.http.insecure-requests", "disabled");
    config.put("quarkus.http.ssl-port", Integer.toString(port));
    config.put("quarkus.tls.key-store.p12.path", keys.toString());
    config.put("quarkus.tls.key-store.p12.password", PASSWORD);
    config.put("registry.base-url", url.toString());
    config.put("registry.gateway.subject", "CN=gateway.benchmark.example");
    config.put("registry.population.enabled", "true");
    config.put("registry.log.generate-key", "true");
    config.put("registry.log.key-file", folder.resolve("log-{year}.key").toString());
    config.put(
        "registry.log.key-encryption-key-file", folder.resolve("key-encryption.key").toString());
    config.put("registry.issuer", issuer.toString());
    config.put("quarkus.datasource.jdbc.url", jdbc);
    config.put("quarkus.datasource.username", "postgres");
    config.put("quarkus.datasource.password", "postgres");
    config.put("config_ordinal", "275");
    Path properties = folder.resolve("service.properties");
    Files.writeString(
        properties,
        config.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC"));
    command.add("-Dquarkus.config.locations=" + properties.toUri());
    command.addAll(List.of("-jar", application.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("service.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    RegistryProcess registry = new RegistryProcess(process, url, keys);
    registry.awaitPort(port);
    return registry;
  }

  URI url() {
    return url;
  }

  Path trust() {
    return trust;
  }

  /** Memory that the process holds, in MiB. */
  long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  /** Processor time that the process has used. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void awaitPort(int port) throws InterruptedException, IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("localhost", port), 500);
        return;
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new IOException("the register did not start; see service.log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Ends the process as a fault would: by kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
