package org.mekong.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HTTP load from a process that costs little, beside the services on the same processors. */
public final class Wrk {

  private static final Pattern DONE =
      Pattern.compile("mekong ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+)");

  private static final String DONE_SCRIPT =
      """
      function done(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("mekong %d %d %d %d %d %d %d\\n",
          summary.requests, summary.duration, latency:percentile(50), latency:percentile(90),
          latency:percentile(95), latency:percentile(99),
          e.status + e.connect + e.read + e.write + e.timeout))
      end
      """;

  private static final String ONCE_SCRIPT =
      """
      local requests = {}
      local next = 0
      function init(args)
        local file = io.open("%s")
        while true do
          local method = file:read("*l")
          if method == nil then break end
          local path = file:read("*l")
          local headers = {}
          for i = 1, tonumber(file:read("*l")) do
            local name = file:read("*l")
            headers[name] = file:read("*l")
          end
          local body = file:read("*l")
          if body == "" then body = nil end
          requests[#requests + 1] = wrk.format(method, path, headers, body)
        end
        file:close()
      end
      function request()
        next = next + 1
        return requests[next] or wrk.format("GET", "/none-left")
      end
      """;

  private Wrk() {}

  /**
   * A request that is sent once.
   *
   * @param body in one line; empty for none
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {

    private Stream<String> lines() {
      return Stream.of(
              Stream.of(method, path, Integer.toString(headers.size())),
              headers.entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue())),
              Stream.of(body))
          .flatMap(lines -> lines);
    }
  }

  /**
   * What a run has shown; latencies in milliseconds.
   *
   * @param answered how many requests
   */
  public record Outcome(
      long answered, double seconds, double p50, double p90, double p95, double p99) {

    /** Answers a second. */
    public double perSecond() {
      return answered / seconds;
    }
  }

  /** Gets paths made from a prefix and a random value, as fast as they are answered. */
  public static Outcome gets(
      URI url, Path folder, String prefix, List<String> values, int connections, int seconds)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path list = folder.resolve("values.txt");
    Files.write(list, values);
    String script =
        """
        local values = {}
        function init(args)
          for line in io.lines("%s") do values[#values + 1] = line end
          math.randomseed(os.time() + tonumber(tostring(values):match("0x(%%x+)"), 16) %% 100000)
        end
        function request()
          return wrk.format("GET", "%s" .. values[math.random(#values)])
        end
        """
            .formatted(list, prefix);
    return run(url, folder, script, connections, seconds);
  }

  /** Sends requests as fast as they are answered, each once; there must be enough of them. */
  public static Outcome once(
      URI url, Path folder, List<Request> requests, int connections, int seconds)
      throws IOException, InterruptedException {
    return run(url, folder, script(folder, requests), connections, seconds);
  }

  /**
   * Sends requests at a pace: each connection pauses between two of them, for random times.
   * Requests wait for no other of their connection, so that a stop of the service is seen by as
   * many as there are connections.
   */
  public static Outcome paced(
      URI url, Path folder, List<Request> requests, int connections, int seconds, double perSecond)
      throws IOException, InterruptedException {
    String pauses =
        """
        function delay()
          return math.floor(-math.log(1 - math.random()) * %.3f + 0.5)
        end
        """
            .formatted(1000.0 * connections / perSecond);
    return run(url, folder, script(folder, requests) + pauses, connections, seconds);
  }

  private static String script(Path folder, List<Request> requests) throws IOException {
    Files.createDirectories(folder);
    Path list = folder.resolve("requests.txt");
    Files.write(list, requests.stream().flatMap(Request::lines).collect(Collectors.toList()));
    return ONCE_SCRIPT.formatted(list);
  }

  private static Outcome run(URI url, Path folder, String script, int connections, int seconds)
      throws IOException, InterruptedException {
    Path file = folder.resolve("load.lua");
    Files.writeString(file, script + DONE_SCRIPT);
    String output =
        Commands.run(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "--timeout",
            "30s",
            "-s",
            file.toString(),
            url.toString());
    Matcher done = DONE.matcher(output);
    if (!done.find() || !done.group(7).equals("0")) {
      throw new IOException("wrk was refused: " + output);
    }
    return new Outcome(
        Long.parseLong(done.group(1)),
        Long.parseLong(done.group(2)) / 1e6,
        Long.parseLong(done.group(3)) / 1e3,
        Long.parseLong(done.group(4)) / 1e3,
        Long.parseLong(done.group(5)) / 1e3,
        Long.parseLong(done.group(6)) / 1e3);
  }
}
