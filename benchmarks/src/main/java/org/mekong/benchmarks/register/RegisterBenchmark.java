package org.mekong.benchmarks.register;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.mekong.benchmarks.load.Wrk;
import org.mekong.resourceserver.testing.TestIssuer;

/**
 * Loads a nation, drives the register beside its database and prints its bars as ratios to {@code
 * pgbench} running the same statement in the same run.
 *
 * <p>Arguments: {@code --nation VN|LA} (VN), {@code --persons COUNT} (1000000), {@code --warm-up
 * SECONDS} (90), {@code --seconds SECONDS} of each measurement (15), {@code --application JAR}. The
 * nation is loaded once for each size and kept under {@code target/register}.
 *
 * <p>The part {@code scale} runs alone: it reads by number, makes ten of each person's current
 * record under numbers of their own, and reads again. It leaves nothing behind.
 */
public final class RegisterBenchmark {

  private static final int SAMPLE = 100_000;

  private static final Set<String> PARTS = Set.of("reads", "protected", "search", "events");
  private static final String SCALE = "scale";

  private record Arguments(
      String nation,
      int persons,
      int warmUp,
      int seconds,
      Set<String> parts,
      Path application,
      Path folder) {
    static Arguments parse(String[] given) {
      String nation = "VN";
      int persons = 1_000_000;
      int warmUp = 90;
      int seconds = 15;
      Set<String> parts = PARTS;
      Path application =
          Path.of(
              "..", "registry-service", "target", "benchmark", "quarkus-app", "quarkus-run.jar");
      for (int i = 0; i + 1 < given.length; i += 2) {
        String value = given[i + 1];
        switch (given[i]) {
          case "--nation" -> nation = value;
          case "--persons" -> persons = Integer.parseInt(value);
          case "--warm-up" -> warmUp = Integer.parseInt(value);
          case "--seconds" -> seconds = Integer.parseInt(value);
          case "--parts" -> parts = Set.of(value.split(","));
          case "--application" -> application = Path.of(value);
          default -> throw new IllegalArgumentException("unknown: " + given[i]);
        }
      }
      Path folder =
          Path.of(
                  "target",
                  "register",
                  nation.toLowerCase(Locale.ROOT)
                      + "-"
                      + persons
                      + (parts.contains(SCALE) ? "-" + SCALE : ""))
              .toAbsolutePath();
      return new Arguments(
          nation,
          persons,
          warmUp,
          seconds,
          parts,
          application.toAbsolutePath().normalize(),
          folder);
    }
  }

  private final Arguments arguments;
  private final RegisterDatabase database;
  private final RegistryProcess registry;
  private final RegistryClient client;

  private RegisterBenchmark(
      Arguments arguments,
      RegisterDatabase database,
      RegistryProcess registry,
      RegistryClient client) {
    this.arguments = arguments;
    this.database = database;
    this.registry = registry;
    this.client = client;
  }

  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.parse(given);
    say(
        "JDK %s, processors: %d, load before: %.1f",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Files.createDirectories(arguments.folder);
    try (TestIssuer issuer = TestIssuer.start();
        RegisterDatabase database = RegisterDatabase.start(arguments.folder.resolve("data"));
        RegistryProcess registry =
            RegistryProcess.start(
                arguments.application,
                arguments.folder.resolve("service"),
                arguments.nation,
                database.url(),
                issuer.issuer())) {
      RegisterBenchmark benchmark =
          new RegisterBenchmark(
              arguments,
              database,
              registry,
              new RegistryClient(issuer, registry.url(), registry.trust()));
      benchmark.load();
      benchmark.measure();
      say("resident after load: %d MiB (bar 512)", registry.resident());
    }
    if (arguments.parts.contains(SCALE)) {
      try (Stream<Path> files = Files.walk(arguments.folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    System.exit(0);
  }

  private void measure() throws Exception {
    Path folder = arguments.folder.resolve("load");
    double bare = Pgbench.reads(database.port(), folder, numbers(), arguments.seconds);
    if (arguments.parts.contains(SCALE)) {
      scale(bare);
      return;
    }
    if (arguments.parts.contains("reads")) {
      reads(bare);
    }
    if (arguments.parts.contains("protected")) {
      SignatureRates.run(Math.max(1, arguments.seconds / 5));
      new ProtectedReads(database, client, registry, folder, arguments.seconds)
          .run(bare, arguments.warmUp);
    }
    if (arguments.parts.contains("search")) {
      new SearchLoad(database, client, arguments.warmUp / 6, arguments.seconds).run();
    }
    if (arguments.parts.contains("events")) {
      new EventLoad(database, client, arguments.seconds).run();
    }
  }

  private List<String> numbers() throws SQLException {
    return database
        .rows(
            "select number from identifier tablesample system (20) order by random() limit "
                + SAMPLE)
        .stream()
        .map(row -> row[0])
        .toList();
  }

  private String administrator() {
    return client.token("registry.admin", "", List.of(), List.of());
  }

  private void load() throws Exception {
    if (!database.rows("select 1 from person limit 1").isEmpty()) {
      say("the nation is in the database already");
      return;
    }
    long begin = System.nanoTime();
    JsonNode job =
        client.post(
            administrator(),
            "/admin/v1/populations",
            "{\"persons\":" + arguments.persons + ",\"seed\":7}",
            202);
    String path = "/admin/v1/populations/" + job.path("id").asText();
    while (job.path("state").asText().equals("running")) {
      Thread.sleep(1000);
      job = client.get(administrator(), path, 200);
    }
    double took = (System.nanoTime() - begin) / 1e9;
    if (!job.path("state").asText().equals("done")) {
      throw new IOException("the nation could not be loaded: " + job);
    }
    String[] counts =
        database
            .rows(
                "select (select count(*) from person), (select count(*) from vital_event),"
                    + " pg_size_pretty(pg_database_size(current_database()))")
            .getFirst();
    say(
        "loaded %s persons with %s events in %.0f s (bar 120 s for a million), %.0f persons/s; %s",
        counts[0], counts[1], took, Double.parseDouble(counts[0]) / took, counts[2]);
    database.execute("vacuum analyze");
    database.execute("checkpoint");
  }

  private void reads(double bare) throws Exception {
    List<String> numbers = numbers();
    Path folder = arguments.folder.resolve("load");
    say("warming up for %d s", arguments.warmUp);
    int warmUp = Math.max(1, arguments.warmUp / 3);
    get(folder, "/benchmark/persons/", numbers, 2, warmUp);
    get(folder, "/benchmark/persons/", numbers, 16, 2 * warmUp);
    double nothing = get(folder, "/benchmark/nothing?", numbers, 16, arguments.seconds);
    double read = get(folder, "/benchmark/persons/", numbers, 16, arguments.seconds);
    say("");
    say("| read by number | per second | ratio to pgbench |");
    say("|---|---|---|");
    say("| pgbench, the same statement, 8 connections | %,.0f | |", bare);
    say("| the service answering nothing | %,.0f | %.2f |", nothing, nothing / bare);
    say(
        "| the service, whole person, no token, no log (bar 0.45) | %,.0f | %.2f |",
        read, read / bare);
    double past = get(folder, "/benchmark/pasts/", numbers, 16, arguments.seconds);
    say("| the same as of a day (bar half of the line above) | %,.0f | %.2f |", past, past / bare);
    double given = get(folder, "/benchmark/allocations?", numbers, 16, arguments.seconds);
    say("| a personal number given, committed (bar 500/s) | %,.0f | |", given);
  }

  /** Tenfold in rows, keys and bytes of what a read by number touches. */
  private void scale(double bareOfOne) throws Exception {
    Path folder = arguments.folder.resolve("load");
    List<String> numbers = numbers();
    get(folder, "/benchmark/persons/", numbers, 16, arguments.warmUp);
    double one = get(folder, "/benchmark/persons/", numbers, 16, arguments.seconds);
    say("making ten of each");
    database.execute(
        "insert into person select md5(person_id::text || k)::uuid, version, registered_at,"
            + " changed_at, birth_date, sex, province, life_status, marital_status, merged_into,"
            + " document from person, generate_series(1, 9) k");
    database.execute(
        "insert into identifier (number, person_id) select k || number,"
            + " md5(person_id::text || k)::uuid from identifier, generate_series(1, 9) k");
    database.execute("vacuum analyze person, identifier");
    database.execute("checkpoint");
    List<String> more = new ArrayList<>(numbers());
    more.removeIf(number -> number.length() < 13);
    double bareOfTen = Pgbench.reads(database.port(), folder, more, arguments.seconds);
    get(folder, "/benchmark/persons/", more, 16, arguments.seconds);
    double ten = get(folder, "/benchmark/persons/", more, 16, arguments.seconds);
    String[] size =
        database
            .rows(
                "select count(*), pg_size_pretty(pg_total_relation_size('person')),"
                    + " pg_size_pretty(pg_total_relation_size('identifier')) from person")
            .getFirst();
    say("");
    say("| read by number | of %,d | of ten times as many | cost |", arguments.persons);
    say("|---|---|---|---|");
    say("| pgbench | %,.0f/s | %,.0f/s | %.2f |", bareOfOne, bareOfTen, bareOfOne / bareOfTen);
    say("| the service (bar 1.10) | %,.0f/s | %,.0f/s | %.2f |", one, ten, one / ten);
    say("%s persons: %s, their numbers: %s", size[0], size[1], size[2]);
  }

  private double get(Path folder, String prefix, List<String> values, int connections, int seconds)
      throws IOException, InterruptedException {
    return Wrk.gets(registry.url(), folder, prefix, values, connections, seconds).perSecond();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
