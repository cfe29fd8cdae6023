package org.mekong.benchmarks.identity;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a token by private_key_jwt and DPoP costs, here and in Keycloak.
 *
 * <p>Arguments: {@code --issuers mekong,keycloak}, {@code --warm-up SECONDS} (60) of load before,
 * {@code --seconds SECONDS} (24) of load measured, {@code --connections COUNT} (16), {@code
 * --clients COUNT} (16), {@code --keycloak FOLDER} with its distribution, {@code --jvm FLAGS} for
 * the identity-service, after the usual ones.
 */
public final class IdentityBenchmark {

  private static final double MOST_CPU = 0.6;
  private static final double LEAST_RATIO = 4;
  private static final double LONGEST_START = 3;
  private static final long MOST_MEMORY = 256;
  private static final int SLICE = 8;

  private record Arguments(
      Set<String> issuers,
      int warmUp,
      int seconds,
      int connections,
      int clients,
      Path keycloak,
      List<String> jvm) {
    static Arguments parse(String[] given) {
      Set<String> issuers = Set.of("mekong", "keycloak");
      int warmUp = 60;
      int seconds = 24;
      int connections = 16;
      int clients = 16;
      Path keycloak = Path.of("target", "keycloak");
      List<String> jvm = List.of();
      for (int i = 0; i + 1 < given.length; i += 2) {
        String value = given[i + 1];
        switch (given[i]) {
          case "--issuers" -> issuers = Set.of(value.split(","));
          case "--warm-up" -> warmUp = Integer.parseInt(value);
          case "--seconds" -> seconds = Integer.parseInt(value);
          case "--connections" -> connections = Integer.parseInt(value);
          case "--clients" -> clients = Integer.parseInt(value);
          case "--keycloak" -> keycloak = Path.of(value);
          case "--jvm" -> jvm = List.of(value.split(" "));
          default -> throw new IllegalArgumentException("unknown: " + given[i]);
        }
      }
      return new Arguments(
          issuers, warmUp, seconds, connections, clients, keycloak.toAbsolutePath(), jvm);
    }
  }

  private record Result(Issuer issuer, TokenLoad.Outcome load, long resident) {}

  private final Arguments arguments;
  private final Path folder = Path.of("target", "identity").toAbsolutePath();
  private final IssuerDatabase database;
  private final Certificate certificate;
  private final HttpClient http;
  private final List<ClientSystem> clients;

  private IdentityBenchmark(Arguments arguments, IssuerDatabase database, Certificate certificate)
      throws Exception {
    this.arguments = arguments;
    this.database = database;
    this.certificate = certificate;
    this.http = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
    this.clients = ClientSystem.load(folder.resolve("clients"), arguments.clients);
  }

  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.parse(given);
    Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
    say(
        "JDK %s, processors: %d, load before: %.1f",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Path folder = Path.of("target", "identity").toAbsolutePath();
    Files.createDirectories(folder);
    Certificate certificate = Certificate.make(folder);
    try (IssuerDatabase database = IssuerDatabase.start(folder.resolve("data"))) {
      IdentityBenchmark benchmark = new IdentityBenchmark(arguments, database, certificate);
      List<Result> results = new ArrayList<>();
      if (arguments.issuers.contains("mekong")) {
        results.add(benchmark.mekong());
      }
      if (arguments.issuers.contains("keycloak")) {
        results.add(benchmark.keycloak());
      }
      print(results);
    }
    System.exit(0);
  }

  /**
   * Started twice: the first makes the tables and, after some tokens, the class cache; the second
   * is measured.
   */
  private Result mekong() throws IOException, InterruptedException, SQLException {
    database.renew(MekongIssuer.DATABASE);
    Path application =
        Path.of("..", "identity-service", "target", "quarkus-app", "quarkus-run.jar")
            .toAbsolutePath()
            .normalize();
    MekongIssuer mekong =
        new MekongIssuer(
            folder.resolve("mekong"), application, database, certificate, http, arguments.jvm);
    try (Issuer first = mekong.train()) {
      say("the identity-service made its tables in a start of %.1f s", first.ready());
      mekong.register(clients);
      Tokens.requireGood(http, first, clients.getFirst(), "&scope=lookup");
      load(first, "&scope=lookup").run(2, SLICE, SLICE);
    }
    try (Issuer issuer = mekong.start()) {
      long before = MekongIssuer.journalled(database);
      Result result = measure(issuer, "&scope=lookup");
      long journalled = MekongIssuer.journalled(database) - before;
      if (journalled < result.load.tokens()) {
        throw new IOException("only " + journalled + " tokens are in the journal");
      }
      return result;
    }
  }

  private Result keycloak() throws IOException, InterruptedException, SQLException {
    database.provide(KeycloakIssuer.DATABASE);
    KeycloakIssuer keycloak =
        new KeycloakIssuer(
            folder.resolve("keycloak"), arguments.keycloak, database, certificate, http, clients);
    keycloak.build();
    if (database.count(
            KeycloakIssuer.DATABASE, "SELECT count(*) FROM pg_tables WHERE tablename = 'client'")
        == 0) {
      try (Issuer first = keycloak.start()) {
        say("Keycloak made its tables and its realm in a start of %.1f s", first.ready());
      }
    }
    try (Issuer issuer = keycloak.start()) {
      return measure(issuer, "");
    }
  }

  private Result measure(Issuer issuer, String parameters)
      throws IOException, InterruptedException {
    Tokens.requireGood(http, issuer, clients.getFirst(), parameters);
    TokenLoad load = load(issuer, parameters);
    int alone = arguments.warmUp / 3;
    TokenLoad.Outcome cold = load.run(2, alone, SLICE);
    TokenLoad.Outcome warming = load.run(arguments.connections, arguments.warmUp - alone, SLICE);
    say(
        "%s warmed up: %.0f/s at %.2f ms, then %.0f/s at %.2f ms",
        issuer.name(),
        cold.perSecond(),
        cold.serverPerToken(),
        warming.perSecond(),
        warming.serverPerToken());
    TokenLoad.Outcome measured = load.run(arguments.connections, arguments.seconds, SLICE);
    return new Result(issuer, measured, Linux.resident(issuer.server()));
  }

  private TokenLoad load(Issuer issuer, String parameters) throws IOException {
    return new TokenLoad(issuer, database, clients, parameters, folder.resolve("load"));
  }

  private static void print(List<Result> results) {
    say("");
    say(
        "| %s | tokens/s | CPU ms a token | PostgreSQL beside it | p50 ms | p99 ms | ready s | MiB after load |",
        "private_key_jwt + DPoP");
    say("|---|---|---|---|---|---|---|---|");
    for (Result result : results) {
      TokenLoad.Outcome load = result.load;
      say(
          "| %s | %,.0f | %.3f | %.3f | %.1f | %.1f | %.2f | %d |",
          result.issuer.name(),
          load.perSecond(),
          load.serverPerToken(),
          load.postgresPerToken(),
          load.p50(),
          load.p99(),
          result.issuer.ready(),
          result.resident);
    }
    if (results.size() == 2) {
      TokenLoad.Outcome ours = results.getFirst().load;
      TokenLoad.Outcome theirs = results.getLast().load;
      say(
          "| ratio | %.2f | %.2f | | | | %.2f | %.2f |",
          ours.perSecond() / theirs.perSecond(),
          theirs.serverPerToken() / ours.serverPerToken(),
          results.getLast().issuer.ready() / results.getFirst().issuer.ready(),
          (double) results.getLast().resident / results.getFirst().resident);
    }
    say(
        "bars: %.1f CPU ms, %.0f times Keycloak, ready in %.0f s, %d MiB",
        MOST_CPU, LEAST_RATIO, LONGEST_START, MOST_MEMORY);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
