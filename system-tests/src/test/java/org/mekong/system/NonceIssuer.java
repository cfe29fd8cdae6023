package org.mekong.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mekong.client.Profile;

/**
 * A further identity-service over the database of the running one, which asks for nonces in DPoP
 * proofs, each for one proof (RFC 9449 section 8).
 */
final class NonceIssuer implements AutoCloseable {
  private static final URI ADDRESS =
      URI.create("https://localhost:" + (RunningPlatform.BASE_PORT + 50));
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;

  private NonceIssuer(Process process) {
    this.process = process;
  }

  /** Starts it beside the identity-service of an office's country. */
  static NonceIssuer beside(Profile office) throws Exception {
    Path output = Path.of("target/nonce-issuer.out").toAbsolutePath();
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
    builder
        .environment()
        .putAll(
            Map.of(
                "IDENTITY_DPOP_NONCE", "once",
                "IDENTITY_ISSUER", ADDRESS.toString(),
                "IDENTITY_RESOURCES", String.valueOf(office.registry()),
                "QUARKUS_HTTP_SSL_PORT", String.valueOf(ADDRESS.getPort())));
    NonceIssuer issuer = new NonceIssuer(builder.start());
    issuer.awaitReady(output);
    return issuer;
  }

  /** Its issuer's address. */
  URI address() {
    return ADDRESS;
  }

  private void awaitReady(Path output) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(output).contains("Listening on: " + ADDRESS)) {
      if (!process.isAlive()) {
        throw new IOException("the issuer ended:\n" + Files.readString(output));
      }
      if (System.nanoTime() > deadline) {
        close();
        throw new TimeoutException("the issuer did not start:\n" + Files.readString(output));
      }
      Thread.sleep(100);
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
