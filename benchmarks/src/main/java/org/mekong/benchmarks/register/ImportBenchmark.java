package org.mekong.benchmarks.register;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.mekong.resourceserver.testing.TestIssuer;

/**
 * Imports a file into a register and loads the same rows by {@code psql \copy} into the same tables
 * in the same run.
 *
 * <p>Arguments: {@code --persons COUNT} (300000) of each file, {@code --warm-up COUNT} (100000)
 * persons of a file before, {@code --relatives name|ref} (name) as which children name their
 * parents, {@code --kills COUNT} (0) times that the service is killed while it imports, and started
 * again, {@code --application JAR}.
 */
public final class ImportBenchmark {

  private static final List<String> TABLES =
      List.of(
          "person", "person_event", "vital_event", "identifier", "household_member", "name_index");

  private final int persons;
  private final boolean byReference;
  private final Path folder;
  private final Path application;
  private final RegisterDatabase database;
  private final TestIssuer issuer;
  private RegistryProcess registry;
  private RegistryClient client;
  private String last = "";

  private ImportBenchmark(
      int persons,
      boolean byReference,
      Path folder,
      Path application,
      RegisterDatabase database,
      TestIssuer issuer)
      throws Exception {
    this.persons = persons;
    this.byReference = byReference;
    this.folder = folder;
    this.application = application;
    this.database = database;
    this.issuer = issuer;
    registry = start();
    client = new RegistryClient(issuer, registry.url(), registry.trust());
  }

  public static void main(String[] given) throws Exception {
    int persons = 300_000;
    int warmUp = 100_000;
    int kills = 0;
    boolean byReference = false;
    Path application =
        Path.of("..", "registry-service", "target", "benchmark", "quarkus-app", "quarkus-run.jar");
    for (int i = 0; i + 1 < given.length; i += 2) {
      String value = given[i + 1];
      switch (given[i]) {
        case "--persons" -> persons = Integer.parseInt(value);
        case "--warm-up" -> warmUp = Integer.parseInt(value);
        case "--kills" -> kills = Integer.parseInt(value);
        case "--relatives" -> byReference = value.equals("ref");
        case "--application" -> application = Path.of(value);
        default -> throw new IllegalArgumentException("unknown: " + given[i]);
      }
    }
    say(
        "JDK %s, processors: %d, load before: %.1f",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Path folder =
        Path.of("target", "import", UUID.randomUUID().toString().substring(0, 8)).toAbsolutePath();
    Files.createDirectories(folder);
    try (TestIssuer issuer = TestIssuer.start();
        RegisterDatabase database = RegisterDatabase.start(folder.resolve("data"))) {
      ImportBenchmark benchmark =
          new ImportBenchmark(
              persons,
              byReference,
              folder,
              application.toAbsolutePath().normalize(),
              database,
              issuer);
      benchmark.run(warmUp, kills);
      benchmark.registry.close();
    }
    System.exit(0);
  }

  private RegistryProcess start() throws IOException, InterruptedException {
    return RegistryProcess.start(
        application, folder.resolve("service"), "VN", database.url(), issuer.issuer());
  }

  private void run(int warmUp, int kills) throws Exception {
    if (warmUp > 0) {
      Path first = folder.resolve("first.csv");
      PersonFile.write(first, warmUp, 1, byReference);
      say("warming up with %,d persons: %s", warmUp, figures(imported(first, 0)));
    }
    long before = count();
    Path file = folder.resolve("second.csv");
    PersonFile.write(file, persons, 2, byReference);
    Duration used = registry.cpu();
    JsonNode view = imported(file, kills);
    long after = count();
    say("");
    say("| import of %,d persons, %,d MiB | |", persons, Files.size(file) >> 20);
    say("|---|---|");
    say("| %s | |", figures(view));
    double rate = view.path("accepted").asDouble() / view.path("seconds").asDouble();
    say("| persons a second (bar 10,000) | %,.0f |", rate);
    say(
        "| processor time of the service a person | %,.0f µs |",
        kills > 0 ? Double.NaN : micros(registry.cpu().minus(used)));
    say("| resident, heap 256 MiB or less | %d MiB |", registry.resident());
    if (after - before != persons || view.path("accepted").asLong() != persons) {
      throw new IOException("in the register: " + (after - before) + ", of file: " + view);
    }
    say("| in the register, counted | %,d, each once |", after - before);
    if (kills == 0) {
      double copy = persons / copied(before);
      say("| psql \\copy of the same rows into the same tables | %,.0f |", copy);
      say("| ratio | %.2f |", rate / copy);
    } else {
      say(
          "| events that this import tells of twice | %s |",
          one(
              "select count(*) - count(distinct document #>> '{circumstances,document,number}')"
                  + " from vital_event"));
    }
  }

  private double micros(Duration used) {
    return used.toNanos() / 1000.0 / persons;
  }

  private JsonNode imported(Path file, int kills) throws Exception {
    long begin = System.nanoTime();
    JsonNode view = client.upload(token(), "/admin/v1/imports", "text/csv", file, 202);
    say("taken in after %.1f s", (System.nanoTime() - begin) / 1e9);
    last = view.path("id").asText();
    String path = "/admin/v1/imports/" + view.path("id").asText();
    Random random = new Random();
    for (int i = 0; i < kills; i++) {
      long before = count();
      for (int wait = 0; wait < 600 && count() == before; wait++) {
        Thread.sleep(50); // so that it is killed at work
      }
      Thread.sleep(random.nextInt(1000));
      registry.kill();
      say("killed with %s persons in the register", one("select count(*) from person"));
      registry = start();
      client = new RegistryClient(issuer, registry.url(), registry.trust());
    }
    while (view.path("state").asText().matches("uploaded|running")) {
      Thread.sleep(500);
      view = client.get(token(), path, 200);
    }
    return view;
  }

  private String token() {
    return client.token("register.import", "", List.of(), List.of());
  }

  private static String figures(JsonNode view) {
    return String.format(
        Locale.ROOT,
        "%s: %,d accepted, %,d refused, %.1f s, %,d/s",
        view.path("state").asText(),
        view.path("accepted").asLong(),
        view.path("refused").asLong(),
        view.path("seconds").asDouble(),
        view.path("rate").asLong());
  }

  private long count() throws Exception {
    return Long.parseLong(one("select count(*) from person"));
  }

  private String one(String query) throws Exception {
    return database.rows(query).getFirst()[0];
  }

  /** Seconds that psql needs for the rows of the last import, one table after the other. */
  private double copied(long before) throws Exception {
    database.execute(
        "create table lately as select persons[1] as person_id from vital_event"
            + " where document #>> '{circumstances,document,number}' like 'import/"
            + last
            + "/%'");
    database.execute("create index on lately (person_id)");
    database.execute("analyze lately");
    List<String> script = new ArrayList<>();
    for (String table : TABLES) {
      String from = before == 0 ? table : "(select * from " + table + where(table) + ")";
      psql("\\copy " + from + " to '" + folder.resolve(table) + "'");
      database.execute("create table copy_" + table + " (like " + table + " including all)");
      if (before > 0) {
        database.execute("insert into copy_" + table + " select * from " + table + other(table));
      }
      script.add("\\copy copy_" + table + " from '" + folder.resolve(table) + "'");
    }
    database.execute("checkpoint");
    long begin = System.nanoTime();
    for (String copy : script) {
      psql(copy);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String where(String table) {
    return table.equals("vital_event")
        ? " where persons[1] in (select person_id from lately)"
        : " where person_id in (select person_id from lately)";
  }

  private static String other(String table) {
    String key = table.equals("vital_event") ? "persons[1]" : table + ".person_id";
    return " where not exists (select from lately where lately.person_id = " + key + ")";
  }

  private void psql(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "psql",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "localhost",
                "-p",
                Integer.toString(database.port()),
                "-U",
                "postgres",
                "-c",
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("psql: " + said);
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
