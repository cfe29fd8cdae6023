package org.mekong.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.log.command.TrustedTls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mekong status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows each service: whether it is ready, why not, and how long its log is.")
final class StatusCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @Option(
      names = "--nodes",
      paramLabel = "FILE",
      description =
          "the list of services, one URL a line after its name; default: what deploy/local/up started")
  private @Nullable Path nodes;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM certificates of the authorities to trust")
  private @Nullable Path authorities;

  @Option(names = "--json", description = "prints one JSON array")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /** One service as it answers now. */
  record ServiceStatus(
      String name, URI url, boolean ready, String detail, @Nullable Long logSize) {}

  @Override
  public Integer call() throws Exception {
    Path list = nodes == null ? Mekong.dataFolder().resolve("services.txt") : nodes;
    Path trusted = authorities == null ? Mekong.dataFolder().resolve("ca.pem") : authorities;
    if (!Files.isReadable(list)) {
      throw new IOException(
          "no list of services at " + list + ": run deploy/local/up, or name one with --nodes");
    }
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(TrustedTls.trusting(trusted))
            .connectTimeout(PATIENCE)
            .build();
    List<ServiceStatus> all = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      String[] words = line.strip().split("\\s+", 3);
      if (words.length >= 2 && !line.startsWith("#")) {
        all.add(ask(http, words[0], URI.create(words[1]), words.length > 2 ? words[2] : ""));
      }
    }
    print(Objects.requireNonNull(spec).commandLine().getOut(), all);
    return all.stream().allMatch(ServiceStatus::ready) ? 0 : Mekong.NOT_VALID;
  }

  private static ServiceStatus ask(HttpClient http, String name, URI url, String logPath)
      throws InterruptedException {
    try {
      HttpResponse<String> health = get(http, url.resolve("/q/health/ready"));
      Long size = null;
      if (!logPath.isEmpty()) {
        HttpResponse<String> checkpoint =
            get(http, url.resolve(ofThisYear(logPath) + "/checkpoint"));
        if (checkpoint.statusCode() == 200) {
          size = checkpoint.body().lines().skip(1).findFirst().map(Long::valueOf).orElse(null);
        }
      }
      boolean ready = health.statusCode() == 200;
      return new ServiceStatus(
          name, url, ready, ready ? "ready" : firstFailing(health.body()), size);
    } catch (IOException | NumberFormatException e) {
      return new ServiceStatus(name, url, false, "does not answer", null);
    }
  }

  /** The platform may have been started last year. */
  private static String ofThisYear(String logPath) {
    return logPath.replaceFirst("[0-9]{4}$", Year.now(ZoneOffset.UTC).toString());
  }

  private static HttpResponse<String> get(HttpClient http, URI uri)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String firstFailing(String health) throws IOException {
    for (JsonNode check : JSON.readTree(health).path("checks")) {
      if (!check.path("status").asText().equals("UP")) {
        return "not ready: " + check.path("name").asText();
      }
    }
    return "not ready";
  }

  private void print(PrintWriter out, List<ServiceStatus> all) throws IOException {
    if (json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
      return;
    }
    for (ServiceStatus each : all) {
      out.printf(
          "%s %-12s %-26s %-24s %s%n",
          each.ready() ? "✓" : "✗",
          each.name(),
          each.url(),
          each.detail(),
          each.logSize() == null ? "" : "log: " + each.logSize() + " entries");
    }
  }
}
