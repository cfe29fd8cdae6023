package org.mekong.benchmarks.register;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.mekong.benchmarks.load.Wrk;

/**
 * Reads as agencies read: a token bound to a key, a new proof for each request, the permission to
 * the fields, and a disclosure in the log before the answer. Each row of the table adds one of the
 * three to the row above, so that it tells what each costs.
 *
 * <p>Proofs are made before the clock starts, and each is used once, as the register demands.
 */
final class ProtectedReads {

  private static final String PURPOSE = "civil-registration";
  private static final List<String> FIELDS =
      List.of("names", "date_of_birth", "sex", "marital_status", "permanent_residence");
  private static final int CONNECTIONS = 32;

  private final RegistryClient client;
  private final RegistryProcess registry;
  private final Path folder;
  private final List<String> ids;
  private final int seconds;
  private final String token;

  ProtectedReads(
      RegisterDatabase database,
      RegistryClient client,
      RegistryProcess registry,
      Path folder,
      int seconds)
      throws SQLException {
    this.client = client;
    this.registry = registry;
    this.folder = folder;
    this.seconds = seconds;
    this.ids =
        database
            .rows(
                "select person_id from person tablesample system (10)"
                    + " where merged_into is null"
                    + " and document #>> '{particulars,withheld}' = 'false' order by random() limit 50000")
            .stream()
            .map(row -> row[0])
            .toList();
    this.token = client.token("person.read", PURPOSE, List.of("read"), FIELDS);
  }

  /**
   * Runs.
   *
   * @param bare rows read a second by pgbench in the same run
   */
  void run(double bare, int warmUp) throws IOException, InterruptedException {
    String logged = "/v1/persons/%s?purpose=" + PURPOSE + "&fields=" + String.join(",", FIELDS);
    double warm = 3_000;
    for (int part = 0; part < 3; part++) {
      warm = Math.max(3_000, 2 * rate(logged, warm, Math.max(2, warmUp / 3)));
    }
    System.out.println();
    System.out.println("| read by key, as an agency | per second | ratio to pgbench |");
    System.out.println("|---|---|---|");
    row("a token and a fresh proof, verified and spent", "/benchmark/checked/%s", warm, bare);
    row(
        "and the permission to the fields",
        "/benchmark/permitted/%s?purpose=" + PURPOSE + "&fields=" + String.join(",", FIELDS),
        warm,
        bare);
    double full =
        row("and the disclosure in the log: GET /v1/persons/{id} (bar 0.20)", logged, warm, bare);
    half(logged, full / 2);
  }

  private double row(String what, String path, double expected, double bare)
      throws IOException, InterruptedException {
    double first = rate(path, expected, Math.max(2, seconds / 3));
    double rate = rate(path, first * 2, seconds);
    System.out.println(
        String.format(Locale.ROOT, "| %s | %,.0f | %.2f |", what, rate, rate / bare));
    return rate;
  }

  private void half(String path, double perSecond) throws IOException, InterruptedException {
    Wrk.Outcome took =
        Wrk.paced(
            registry.url(),
            folder,
            requests(path, (int) (perSecond * seconds * 1.5) + 1_000),
            CONNECTIONS,
            seconds,
            perSecond);
    System.out.println();
    System.out.println("| at half of that, " + Math.round(took.perSecond()) + "/s | ms |");
    System.out.println("|---|---|");
    System.out.println(String.format(Locale.ROOT, "| p50 | %.1f |", took.p50()));
    System.out.println(String.format(Locale.ROOT, "| p90 | %.1f |", took.p90()));
    System.out.println(String.format(Locale.ROOT, "| p99 (bar 30) | %.1f |", took.p99()));
  }

  private double rate(String path, double expected, int runs)
      throws IOException, InterruptedException {
    List<Wrk.Request> requests = requests(path, (int) (expected * runs) + 1_000);
    return Wrk.once(registry.url(), folder, requests, CONNECTIONS, runs).perSecond();
  }

  private List<Wrk.Request> requests(String path, int count) {
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled);
    List<String> paths = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      paths.add(path.formatted(shuffled.get(i % shuffled.size())));
    }
    return client.sign(token, paths);
  }
}
