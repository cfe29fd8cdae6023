package org.mekong.system;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mekong.client.Profile;

/**
 * A replica of Viet Nam's identity-service on the same database, under an address of its own, that
 * can be killed and started again.
 */
final class Replica implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI address;
  private final Path output;
  private final Map<String, String> environment = new HashMap<>();
  private Process process;

  /**
   * Starts one.
   *
   * @param port from the base port on
   * @param settings that differ from those of the platform
   */
  Replica(Profile office, int port, Map<String, String> settings) throws Exception {
    this.address = URI.create("https://localhost:" + (RunningPlatform.BASE_PORT + port));
    this.output = Path.of("target/replica-" + port + ".out").toAbsolutePath();
    environment.put("IDENTITY_ISSUER", address.toString());
    environment.put("IDENTITY_RESOURCES", office.registry() + "," + DeskIT.DESK_RESOURCE);
    environment.put("QUARKUS_HTTP_SSL_PORT", String.valueOf(address.getPort()));
    environment.putAll(settings);
    start();
  }

  /** Its issuer's address. */
  URI address() {
    return address;
  }

  /** Starts it, and waits until it listens. */
  void start() throws Exception {
    Files.deleteIfExists(output);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dquarkus.config.locations="
                    + RunningPlatform.DATA.resolve("VN/identity/service.properties").toUri(),
                "-jar",
                RunningPlatform.PROJECT
                    .resolve("identity-service/target/quarkus-app/quarkus-run.jar")
                    .toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
    awaitListening();
  }

  /** Ends it without a warning, and starts it again. */
  void killAndStart() throws Exception {
    kill();
    start();
  }

  /** Ends it without a warning (SIGKILL). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void awaitListening() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(output)
        || !Files.readString(output).contains("Listening on: " + address)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the issuer ended:\n" + Files.readString(output));
      }
      if (System.nanoTime() > deadline) {
        close();
        throw new TimeoutException("the issuer did not start:\n" + Files.readString(output));
      }
      Thread.sleep(50);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
