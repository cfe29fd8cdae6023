package org.mekong.benchmarks.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An issuer of tokens that runs as a process.
 *
 * @param name as the table calls it
 * @param process the one that was started
 * @param server the one that serves: the same, or its child
 * @param issuer its identifier
 * @param token its token endpoint
 * @param ready seconds from the start of the process to its first good answer on its readiness
 */
record Issuer(
    String name, Process process, ProcessHandle server, URI issuer, URI token, double ready)
    implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int PAUSE_MILLIS = 20;

  /** How to start a process, and where it says that it is ready. */
  record Start(
      String name, ProcessBuilder command, Path log, URI issuer, URI token, URI readiness) {

    Issuer run(HttpClient http) throws IOException, InterruptedException {
      long begin = System.nanoTime();
      Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
      HttpRequest request =
          HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(2)).build();
      while (System.nanoTime() - begin < PATIENCE.toNanos() && process.isAlive()) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            double ready = (System.nanoTime() - begin) / 1e9;
            ProcessHandle server =
                process
                    .descendants()
                    .filter(child -> child.info().command().orElse("").endsWith("/java"))
                    .findFirst()
                    .orElse(process.toHandle());
            return new Issuer(name, process, server, issuer, token, ready);
          }
        } catch (IOException notYet) {
          // nothing listens yet
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      throw new IOException(name + " did not start; see " + log);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  @Override
  public void close() throws InterruptedException {
    end(process);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
