package org.mekong.benchmarks.register;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** HTTP load from a process that costs little, beside the service on the same processors. */
final class Wrk {

  private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
  private static final Pattern ERRORS = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");

  private Wrk() {}

  /** Gets a second, of paths made from a prefix and a random value. */
  static double gets(
      URI url, Path folder, String prefix, List<String> values, int connections, int seconds)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path list = folder.resolve("values.txt");
    Files.write(list, values);
    Path script = folder.resolve("get.lua");
    Files.writeString(
        script,
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
            .formatted(list, prefix));
    return run(url, script, connections, seconds);
  }

  /** Gets a second, of signed requests that are each sent once. */
  static double once(
      URI url, Path folder, List<RegistryClient.Signed> requests, int connections, int seconds)
      throws IOException, InterruptedException {
    return run(url, once(folder, requests), connections, seconds);
  }

  private static Path once(Path folder, List<RegistryClient.Signed> requests) throws IOException {
    Files.createDirectories(folder);
    Path list = folder.resolve("requests.txt");
    Files.write(
        list,
        requests.stream()
            .flatMap(request -> Stream.of(request.path(), request.authorization(), request.proof()))
            .toList());
    Path script = folder.resolve("once.lua");
    Files.writeString(
        script,
        """
        local lines = {}
        local next = 1
        function init(args)
          for line in io.lines("%s") do lines[#lines + 1] = line end
        end
        function request()
          local path = lines[next]
          if path == nil then return wrk.format("GET", "/none-left") end
          local headers = {["Authorization"] = lines[next + 1], ["DPoP"] = lines[next + 2]}
          next = next + 3
          return wrk.format("GET", path, headers)
        end
        """
            .formatted(list));
    return script;
  }

  /** What single requests took, in milliseconds, and how many came a second. */
  record Latencies(double p50, double p90, double p99, double perSecond) {}

  /**
   * How long signed requests take that come at a pace: each connection pauses between two of them,
   * for random times. Requests wait for no other of their connection, so that a stop of the service
   * is seen by as many as there are connections.
   */
  static Latencies paced(
      URI url,
      Path folder,
      List<RegistryClient.Signed> requests,
      int connections,
      int seconds,
      double perSecond)
      throws IOException, InterruptedException {
    Path script = once(folder, requests);
    Files.writeString(
        script,
        """
        function delay()
          return math.floor(-math.log(1 - math.random()) * %.3f + 0.5)
        end
        """
            .formatted(1000.0 * connections / perSecond),
        StandardOpenOption.APPEND);
    String output = output(url, script, connections, seconds);
    return new Latencies(
        percentile(output, 50), percentile(output, 90), percentile(output, 99), rate(output));
  }

  private static double percentile(String output, int percent) throws IOException {
    Matcher line = Pattern.compile("(?m)^ +" + percent + "% +([0-9.]+)(us|ms|s)$").matcher(output);
    if (!line.find()) {
      throw new IOException("wrk told no percentile: " + output);
    }
    double value = Double.parseDouble(line.group(1));
    return switch (line.group(2)) {
      case "us" -> value / 1_000;
      case "ms" -> value;
      default -> value * 1_000;
    };
  }

  private static double run(URI url, Path script, int connections, int seconds)
      throws IOException, InterruptedException {
    return rate(output(url, script, connections, seconds));
  }

  private static String output(URI url, Path script, int connections, int seconds)
      throws IOException, InterruptedException {
    return RegistryProcess.run(
        "wrk",
        "--latency",
        "-t1",
        "-c" + connections,
        "-d" + seconds + "s",
        "-s",
        script.toString(),
        url.toString());
  }

  private static double rate(String output) throws IOException {
    Matcher errors = ERRORS.matcher(output);
    Matcher rate = RATE.matcher(output);
    if (!rate.find() || errors.find()) {
      throw new IOException("wrk was refused: " + output);
    }
    return Double.parseDouble(rate.group(1));
  }
}
