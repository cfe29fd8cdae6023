package org.mekong.registry.webhook.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import org.mekong.log.testing.EmbeddedDatabase;

/** A {@link CourierProcess}, until it is killed. */
final class RunningCourier implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private RunningCourier(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts one on a database; the folder holds the authority's certificate. */
  static RunningCourier start(String database, Path folder) throws IOException {
    EmbeddedDatabase server = EmbeddedDatabase.shared();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CourierProcess.class.getName(),
                server.jdbcUrl(database),
                server.user(),
                server.password(),
                folder.resolve("ca.pem").toString())
            .redirectErrorStream(true)
            .start();
    RunningCourier courier = new RunningCourier(process);
    courier.answer("started");
    return courier;
  }

  /** How many messages it has delivered so far. */
  long delivered() throws IOException {
    Writer input = process.outputWriter(UTF_8);
    input.write("\n");
    input.flush();
    return Long.parseLong(answer("delivered ").substring("delivered ".length()));
  }

  private String answer(String start) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(start)) {
      System.out.println(line);
      line = output.readLine();
    }
    if (line == null) {
      throw new AssertionError("the process ended");
    }
    return line;
  }

  /** Kills it, as kill -9 does. */
  void kill() throws InterruptedException {
    int unused = process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    try {
      kill();
      output.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
