package org.mekong.benchmarks.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks an issuer for tokens, as fast as it answers. The requests are signed before each slice of
 * the load, since an assertion and a proof are good for seconds; they are sent by a process that
 * costs little, so that what the machine has is left to the server.
 */
final class TokenLoad {

  private static final Pattern TOTAL = Pattern.compile("([0-9]+) requests in");
  private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
  private static final Pattern FAULTS =
      Pattern.compile("(Non-2xx or 3xx responses|Socket errors): .*");

  /** Nobody is asked for more than this a second before it has shown what it can do. */
  private static final double FIRST_GUESS = 2_500;

  private final Issuer issuer;
  private final IssuerDatabase database;
  private final List<ClientSystem> clients;
  private final String parameters;
  private final Path folder;
  private double fastest = FIRST_GUESS;

  TokenLoad(
      Issuer issuer,
      IssuerDatabase database,
      List<ClientSystem> clients,
      String parameters,
      Path folder) {
    this.issuer = issuer;
    this.database = database;
    this.clients = clients;
    this.parameters = parameters;
    this.folder = folder;
  }

  /**
   * What slices of load have shown.
   *
   * @param tokens how many were answered
   * @param seconds in how long
   * @param server processor time of the issuer, in milliseconds
   * @param postgres processor time of PostgreSQL
   * @param p50 median of the answer times in milliseconds: of the last slice
   * @param p99 of the last slice
   */
  record Outcome(
      long tokens, double seconds, double server, double postgres, double p50, double p99) {

    static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0);

    Outcome and(Outcome next) {
      return new Outcome(
          tokens + next.tokens,
          seconds + next.seconds,
          server + next.server,
          postgres + next.postgres,
          next.p50,
          next.p99);
    }

    double perSecond() {
      return tokens / seconds;
    }

    double serverPerToken() {
      return server / tokens;
    }

    double postgresPerToken() {
      return postgres / tokens;
    }
  }

  /** Loads for a while, in slices of so many seconds. */
  Outcome run(int connections, int seconds, int slice) throws IOException, InterruptedException {
    Outcome all = Outcome.NONE;
    for (int done = 0; done < seconds; done += slice) {
      all = all.and(slice(connections, Math.min(slice, seconds - done)));
    }
    return all;
  }

  private Outcome slice(int connections, int seconds) throws IOException, InterruptedException {
    sign((int) (fastest * 2.0 * seconds) + 1_000);
    double server = Linux.cpu(issuer.server());
    double postgres = database.cpu();
    String output =
        Linux.run(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "--latency",
            "-s",
            folder.resolve("once.lua").toString(),
            issuer.token().toString());
    double serverUsed = Linux.cpu(issuer.server()) - server;
    double postgresUsed = database.cpu() - postgres;
    if (FAULTS.matcher(output).find()) {
      throw new IOException(issuer.name() + " refused: " + output);
    }
    long tokens = (long) number(TOTAL, output);
    double rate = number(RATE, output);
    fastest = Math.max(FIRST_GUESS / 4, rate);
    return new Outcome(
        tokens,
        tokens / rate,
        serverUsed,
        postgresUsed,
        latency("50%", output),
        latency("99%", output));
  }

  private void sign(int count) throws IOException {
    List<ClientSystem.TokenRequest> requests =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(
                i ->
                    clients
                        .get(i % clients.size())
                        .request(issuer.issuer(), issuer.token(), parameters))
            .toList();
    Files.createDirectories(folder);
    Path lines = folder.resolve("requests.txt");
    Files.write(
        lines,
        requests.stream().flatMap(request -> Stream.of(request.form(), request.proof())).toList());
    Files.writeString(
        folder.resolve("once.lua"),
        """
        local lines = {}
        local next = 1
        function init(args)
          for line in io.lines("%s") do lines[#lines + 1] = line end
        end
        function request()
          local form = lines[next]
          if form == nil then return wrk.format("POST", "/none-left") end
          local headers = {["Content-Type"] = "application/x-www-form-urlencoded", ["DPoP"] = lines[next + 1]}
          next = next + 2
          return wrk.format("POST", nil, headers, form)
        end
        """
            .formatted(lines));
  }

  private static double number(Pattern pattern, String output) throws IOException {
    Matcher found = pattern.matcher(output);
    if (!found.find()) {
      throw new IOException("wrk says something else: " + output);
    }
    return Double.parseDouble(found.group(1));
  }

  /** In milliseconds. */
  private static double latency(String share, String output) throws IOException {
    Matcher found = Pattern.compile(share + " +([0-9.]+)(us|ms|s)").matcher(output);
    if (!found.find()) {
      throw new IOException("wrk says something else: " + output);
    }
    double value = Double.parseDouble(found.group(1));
    return switch (found.group(2).toLowerCase(Locale.ROOT)) {
      case "us" -> value / 1e3;
      case "ms" -> value;
      default -> value * 1e3;
    };
  }
}
