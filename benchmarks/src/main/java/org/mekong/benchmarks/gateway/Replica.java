package org.mekong.benchmarks.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One more asking gateway beside the one that runs, to see how long a start takes. */
final class Replica {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Replica() {}

  /** Seconds from the start of the process until it says that it is ready. */
  static double ready(TwoNations nations, HttpClient http)
      throws IOException, InterruptedException {
    ProcessHandle.Info running = nations.service("VN", "gateway").info();
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(running.command().orElseThrow());
    command.add("-Dquarkus.http.ssl-port=" + port);
    command.addAll(List.of(running.arguments().orElseThrow()));
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(nations.folder("VN", "gateway").toFile())
            .redirectErrorStream(true)
            .redirectOutput(nations.data().resolve("replica.log").toFile())
            .start();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/q/health/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      while (System.nanoTime() - begin < PATIENCE.toNanos() && process.isAlive()) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return (System.nanoTime() - begin) / 1e9;
          }
        } catch (IOException notYet) {
          // nothing listens yet
        }
        Thread.sleep(20);
      }
      throw new IOException("one more gateway did not start; see replica.log");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
