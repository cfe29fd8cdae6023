package org.mekong.benchmarks.gateway;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the processes have used, and what the asking gateway says of its lookups' time. */
final class Usage {

  private static final Pattern PART =
      Pattern.compile(
          "(?m)^mekong_lookup_part_seconds_(sum|count)\\{[^}]*part=\"([a-z]+)\"[^}]*\\} ([0-9.eE-]+)");

  private final TwoNations nations;
  private final HttpClient http;

  Usage(TwoNations nations, HttpClient http) {
    this.nations = nations;
    this.http = http;
  }

  /** Processor time in milliseconds, by process. */
  Map<String, Double> cpu() throws IOException {
    Map<String, Double> used = new LinkedHashMap<>();
    used.put("asking gateway", cpu(nations.service("VN", "gateway")));
    used.put("answering gateway", cpu(nations.service("LA", "gateway")));
    used.put("answering register", cpu(nations.service("LA", "registry")));
    ProcessHandle postmaster = nations.postmaster();
    used.put(
        "PostgreSQL", cpu(postmaster) + postmaster.descendants().mapToDouble(Usage::cpu).sum());
    used.put("load", cpu(ProcessHandle.current()) + ofEndedChildren());
    double others = 0;
    for (String nation : new String[] {"VN", "LA"}) {
      others += cpu(nations.service(nation, "identity"));
    }
    used.put("other services", others + cpu(nations.service("VN", "registry")));
    return used;
  }

  /** Processor time of the programs that this one has run, in milliseconds; proc(5). */
  private static double ofEndedChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10.0; // 100 ticks a second
  }

  /** Memory that a gateway holds, in MiB. */
  long resident(String nation) throws IOException {
    long pid = nations.service(nation, "gateway").pid();
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  /** Seconds in all lookups until now, by whose they were; and how many lookups, as "count". */
  Map<String, Double> parts() throws IOException, InterruptedException {
    HttpResponse<String> metrics =
        http.send(
            HttpRequest.newBuilder(nations.gateway().resolve("/q/metrics")).build(),
            HttpResponse.BodyHandlers.ofString());
    Map<String, Double> parts = new LinkedHashMap<>();
    Matcher found = PART.matcher(metrics.body());
    while (found.find()) {
      double value = Double.parseDouble(found.group(3));
      parts.put(found.group(1).equals("count") ? "count" : found.group(2), value);
    }
    return parts;
  }

  /** What was added since, by name. */
  static Map<String, Double> since(Map<String, Double> before, Map<String, Double> after) {
    Map<String, Double> added = new LinkedHashMap<>();
    after.forEach((name, value) -> added.put(name, value - before.getOrDefault(name, 0.0)));
    return added;
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }
}
