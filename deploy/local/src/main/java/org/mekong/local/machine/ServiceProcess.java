package org.mekong.local.machine;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** One service of one nation, running as a process of its own. */
public final class ServiceProcess implements AutoCloseable {
  /** Small heaps and the quick compiler alone: six services share a laptop. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms32m",
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxMetaspaceSize=160m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8");

  private final String name;
  private final Path jar;
  private final ClassCache cache;
  private final Path log;
  private final URI url;
  private final Process process;

  private ServiceProcess(
      String name, Path jar, ClassCache cache, Path log, URI url, Process process) {
    this.name = name;
    this.jar = jar;
    this.cache = cache;
    this.log = log;
    this.url = url;
    this.process = process;
  }

  /**
   * Starts a service.
   *
   * @param jar the {@code quarkus-run.jar} that Maven built
   * @param cache how it deals with the class cache beside the jar
   * @param folder where its {@code service.properties} lies and its log goes, and {@code
   *     service.environment} may lie: further environment variables, as of each start
   */
  public static ServiceProcess start(String name, Path jar, ClassCache cache, Path folder, URI url)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(cache.options(jar));
    command.addAll(further());
    command.add("-Dquarkus.config.locations=" + folder.resolve("service.properties").toUri());
    command.add("-jar");
    command.add(jar.toString());
    Path log = folder.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // glibc keeps an arena for each thread otherwise, tens of MiB that nobody uses.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(environment(folder));
    return new ServiceProcess(name, jar, cache, log, url, builder.start());
  }

  /** Starts the same service again. */
  public ServiceProcess again() throws IOException {
    return start(name, jar, cache, log.getParent(), url);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Further options of the JVMs, for measurements; they come last and so win. */
  private static List<String> further() {
    String given = System.getProperty("mekong.service-options", "").strip();
    return given.isEmpty() ? List.of() : List.of(given.split("\\s+"));
  }

  /** What {@code service.environment} in the service's folder adds, in the form of properties. */
  private static Map<String, String> environment(Path folder) throws IOException {
    Path file = folder.resolve("service.environment");
    Map<String, String> environment = new HashMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().forEach(k -> environment.put(k, properties.getProperty(k)));
    }
    return environment;
  }

  public long pid() {
    return process.pid();
  }

  /** The service's name and nation, {@code "LA gateway"} for instance. */
  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  URI url() {
    return url;
  }

  /**
   * Waits until {@code /q/health/ready} answers 200.
   *
   * @throws StartException where the process ends or stays unready, with the last words of its log
   */
  public void awaitReady(HttpClient http, Duration patience)
      throws StartException, InterruptedException, IOException {
    awaitHealth(http, patience, "");
  }

  /** Waits until {@code /q/health/ready} answers 200 and its body holds {@code text}. */
  public void awaitHealth(HttpClient http, Duration patience, String text)
      throws StartException, InterruptedException, IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/q/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new StartException(
            name + " ended while starting (exit code " + process.exitValue() + ")." + lastWords());
      }
      try {
        HttpResponse<String> health = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (health.statusCode() == 200 && health.body().contains(text)) {
          return;
        }
      } catch (IOException notYet) {
        // nothing listens yet
      }
      Thread.sleep(100);
    }
    throw new StartException(
        name + " is not ready after " + patience.toSeconds() + " s." + lastWords());
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    String end = String.join("\n    ", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    return " The end of " + log + ":\n    " + end;
  }

  /** Waits until a process that was asked to stop has written its class cache. */
  public void awaitEnd(Duration patience) throws InterruptedException, StartException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new StartException(name + " did not end in " + patience.toSeconds() + " s; see " + log);
    }
  }

  /** Asks the process to stop; {@link #close} waits for it. */
  public void askToStop() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
