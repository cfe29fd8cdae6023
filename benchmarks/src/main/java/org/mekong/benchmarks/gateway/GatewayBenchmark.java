package org.mekong.benchmarks.gateway;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mekong.benchmarks.load.Load;
import org.mekong.benchmarks.load.Wrk;

/**
 * What a whole {@code verify} lookup across the border costs: rate with all legs durably logged,
 * time added to a direct call, memory, start, and where the time of one lookup goes.
 *
 * <p>Arguments: {@code --warm-up SECONDS} (60), {@code --seconds SECONDS} (15) of each measure,
 * {@code --connections COUNT} (24), {@code --persons COUNT} (2000) in each register, {@code --jvm
 * FLAGS} of the services after the launcher's, {@code --recording SECONDS} (0): for so long the
 * gateways and the answering register are recorded by JFR under load, before anything is measured;
 * {@code --rates RATE,RATE,...}: at these rates, too, it says what a lookup takes.
 */
public final class GatewayBenchmark {

  private record Arguments(
      int warmUp,
      int seconds,
      int connections,
      int persons,
      String jvm,
      int recording,
      List<Integer> rates) {
    static Arguments parse(String[] given) {
      int warmUp = 60;
      int seconds = 15;
      int connections = 24;
      int persons = 2_000;
      String jvm = "";
      int recording = 0;
      List<Integer> rates = List.of();
      for (int i = 0; i + 1 < given.length; i += 2) {
        String value = given[i + 1];
        switch (given[i]) {
          case "--warm-up" -> warmUp = Integer.parseInt(value);
          case "--seconds" -> seconds = Integer.parseInt(value);
          case "--connections" -> connections = Integer.parseInt(value);
          case "--persons" -> persons = Integer.parseInt(value);
          case "--jvm" -> jvm = value;
          case "--recording" -> recording = Integer.parseInt(value);
          case "--rates" -> rates = Stream.of(value.split(",")).map(Integer::parseInt).toList();
          default -> throw new IllegalArgumentException("unknown: " + given[i]);
        }
      }
      return new Arguments(warmUp, seconds, connections, persons, jvm, recording, rates);
    }
  }

  /** Seconds: for so long what was signed ahead is good, with some to spare. */
  private static final int SLICE = 15;

  private final Arguments arguments;
  private final TwoNations nations;
  private final Office office;
  private final DirectCall direct;
  private final Usage usage;
  private final HttpClient http;

  /** Lookups a second, the most that was seen: so many are signed ahead. */
  private double fastest = 400;

  private GatewayBenchmark(Arguments arguments, TwoNations nations) throws Exception {
    this.arguments = arguments;
    this.nations = nations;
    this.http = HttpClient.newBuilder().sslContext(Tls.anonymous(nations.authority())).build();
    this.office = new Office(nations, numbers(nations));
    this.direct = new DirectCall(nations, office);
    this.usage = new Usage(nations, http);
  }

  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.parse(given);
    Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
    say(
        "JDK %s, processors: %d, load before: %.1f",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Path folder = Path.of("target", "gateway").toAbsolutePath();
    Files.createDirectories(folder);
    try (TwoNations nations = TwoNations.start(folder, arguments.persons, arguments.jvm)) {
      new GatewayBenchmark(arguments, nations).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    warmUp();
    if (arguments.recording > 0) {
      record();
    }
    List<Wrk.Request> signed = sign(arguments.seconds);
    long before = legs("VN");
    long abroad = legs("LA");
    Map<String, Double> cpu = usage.cpu();
    Map<String, Double> parts = usage.parts();
    Wrk.Outcome most = send(signed, arguments.connections, arguments.seconds);
    Map<String, Double> cpuUsed = Usage.since(cpu, usage.cpu());
    Map<String, Double> partsUsed = Usage.since(parts, usage.parts());
    long lookups = Math.round(partsUsed.get("count"));
    require(legs("VN") - before, 2 * lookups, "the asking gateway's log");
    require(legs("LA") - abroad, 2 * lookups, "the answering gateway's log");
    say("");
    say("| whole verify lookups, all legs logged | | bar |");
    say("|---|---|---|");
    say(
        "| at saturation, %d connections | %.0f/s, p50 %.1f and p95 %.1f ms | 300/s |",
        arguments.connections, most.perSecond(), most.p50(), most.p95());
    Map<String, Double> calm = usage.parts();
    besideDirectCalls(most.perSecond() / 2);
    Map<String, Double> calmUsed = Usage.since(calm, usage.parts());
    say(
        "| resident, asking and answering gateway | %d and %d MiB | 256 MiB |",
        usage.resident("VN"), usage.resident("LA"));
    say("| ready, one more asking gateway | %.2f s | 3 s |", Replica.ready(nations, http));
    split(cpuUsed, partsUsed, calmUsed, lookups);
    byRate();
  }

  /** What a lookup takes at other rates: how much of it is waiting for others. */
  private void byRate() throws Exception {
    if (arguments.rates.isEmpty()) {
      return;
    }
    say("");
    say("| at a rate of | p50 ms | p95 ms | own | network | peer | CPU ms | of it load |");
    say("|---|---|---|---|---|---|---|---|");
    for (int rate : arguments.rates) {
      office.refresh();
      Map<String, Double> before = usage.parts();
      Map<String, Double> cpu = usage.cpu();
      Load.Outcome at = Load.open(32, rate, arguments.seconds, office::ask);
      Map<String, Double> used = Usage.since(before, usage.parts());
      Map<String, Double> cpuUsed = Usage.since(cpu, usage.cpu());
      double count = used.get("count") / 1_000;
      say(
          "| %d/s | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |",
          rate,
          at.p50(),
          at.p95(),
          used.get("own") / count,
          used.get("network") / count,
          used.get("peer") / count,
          cpuUsed.values().stream().mapToDouble(d -> d).sum() / used.get("count"),
          cpuUsed.get("load") / used.get("count"));
    }
  }

  private void besideDirectCalls(double half) throws Exception {
    office.refresh();
    Load.open(32, half, arguments.seconds, office::ask); // until the driver itself is warm
    Load.open(32, half, arguments.seconds, direct::ask);
    office.refresh();
    Load.Outcome straight = Load.open(32, half, arguments.seconds, direct::ask);
    Load.Outcome whole = Load.open(32, half, arguments.seconds, office::ask);
    say(
        "| at half of that, %.0f/s, p50 and p95 | %.1f and %.1f ms | |",
        half, whole.p50(), whole.p95());
    say(
        "| the same question to the register alone | %.1f and %.1f ms | |",
        straight.p50(), straight.p95());
    say("| added, p95 | %.1f ms | 15 ms |", whole.p95() - straight.p95());
  }

  private void warmUp() throws Exception {
    Wrk.Outcome alone = slices(2, Math.max(SLICE, arguments.warmUp / 4));
    Wrk.Outcome many = slices(arguments.connections, arguments.warmUp * 3 / 4);
    Load.closed(8, 3, office::ask);
    Load.closed(8, 3, direct::ask);
    say("warmed up: %.0f/s, then %.0f/s", alone.perSecond(), many.perSecond());
  }

  /** Load in slices of some seconds, signed ahead; what the last one has shown. */
  private Wrk.Outcome slices(int connections, int seconds) throws Exception {
    Wrk.Outcome last = null;
    for (int done = 0; done < seconds || last == null; done += SLICE) {
      int slice = Math.max(1, Math.min(SLICE, seconds - done));
      last = send(sign(slice), connections, slice);
    }
    return last;
  }

  private List<Wrk.Request> sign(int seconds) throws IOException, InterruptedException {
    office.refresh();
    return office.signed((int) (fastest * 1.5 * seconds) + 500);
  }

  private Wrk.Outcome send(List<Wrk.Request> signed, int connections, int seconds)
      throws IOException, InterruptedException {
    Path folder = Path.of("target", "gateway", "load").toAbsolutePath();
    Wrk.Outcome outcome = Wrk.once(office.lookups(), folder, signed, connections, seconds);
    fastest = Math.max(fastest, outcome.perSecond());
    return outcome;
  }

  private void split(
      Map<String, Double> cpu, Map<String, Double> parts, Map<String, Double> calm, long lookups) {
    say("");
    say("| where one lookup goes | CPU ms |");
    say("|---|---|");
    cpu.forEach((name, used) -> say("| %s | %.2f |", name, used / lookups));
    say("| all | %.2f |", cpu.values().stream().mapToDouble(d -> d).sum() / lookups);
    say("");
    say("| whose time it is, ms on average | at saturation | at half |");
    say("|---|---|---|");
    for (String part : List.of("own", "network", "peer")) {
      say(
          "| %s | %.1f | %.1f |",
          part,
          parts.get(part) / parts.get("count") * 1_000,
          calm.get(part) / calm.get("count") * 1_000);
    }
  }

  private void record() throws Exception {
    List<ProcessHandle> recorded = new ArrayList<>();
    recorded.add(nations.service("VN", "gateway"));
    recorded.add(nations.service("LA", "gateway"));
    recorded.add(nations.service("LA", "registry"));
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (ProcessHandle each : recorded) {
      jcmd(
          jcmd,
          each,
          "JFR.start",
          "name=load",
          "settings=profile",
          "jdk.CPUTimeSample#enabled=true");
    }
    slices(arguments.connections, arguments.recording);
    List<String> names = List.of("asking", "answering", "register");
    for (int i = 0; i < recorded.size(); i++) {
      Path file = Path.of("target", "gateway", names.get(i) + ".jfr").toAbsolutePath();
      jcmd(jcmd, recorded.get(i), "JFR.dump", "name=load", "filename=" + file);
      jcmd(jcmd, recorded.get(i), "JFR.stop", "name=load");
    }
  }

  private static void jcmd(String jcmd, ProcessHandle process, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jcmd, Long.toString(process.pid())));
    command.addAll(List.of(words));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** How many entries a gateway's log holds. */
  private long legs(String nation) throws IOException, SQLException {
    return Long.parseLong(
        column(
                nations.jdbc(nation, "gateway"),
                "SELECT (SELECT count(*) FROM log_entry) + (SELECT count(*) FROM log_pending_entry)")
            .getFirst());
  }

  private static void require(long found, long expected, String where) throws IOException {
    if (found < expected) {
      throw new IOException(where + " holds " + found + " legs of " + expected);
    }
  }

  private static List<String> numbers(TwoNations nations) throws IOException, SQLException {
    return column(nations.jdbc("LA", "registry"), "SELECT number FROM identifier LIMIT 5000");
  }

  private static List<String> column(String jdbc, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbc);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
