package org.mekong.benchmarks.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mekong.benchmarks.load.Wrk;

/**
 * Asks an issuer for tokens, as fast as it answers. The requests are signed before each slice of
 * the load, since an assertion and a proof are good for seconds; they are sent by a process that
 * costs little, so that what the machine has is left to the server.
 */
final class TokenLoad {

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
    List<Wrk.Request> requests = signed((int) (fastest * 2.0 * seconds) + 1_000);
    double server = Linux.cpu(issuer.server());
    double postgres = database.cpu();
    Wrk.Outcome outcome = Wrk.once(issuer.token(), folder, requests, connections, seconds);
    double serverUsed = Linux.cpu(issuer.server()) - server;
    double postgresUsed = database.cpu() - postgres;
    fastest = Math.max(FIRST_GUESS / 4, outcome.perSecond());
    return new Outcome(
        outcome.answered(),
        outcome.seconds(),
        serverUsed,
        postgresUsed,
        outcome.p50(),
        outcome.p99());
  }

  private List<Wrk.Request> signed(int count) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> request(clients.get(i % clients.size())))
        .toList();
  }

  private Wrk.Request request(ClientSystem client) {
    ClientSystem.TokenRequest request = client.request(issuer.issuer(), issuer.token(), parameters);
    return new Wrk.Request(
        "POST",
        issuer.token().getPath(),
        Map.of("Content-Type", "application/x-www-form-urlencoded", "DPoP", request.proof()),
        request.form());
  }
}
