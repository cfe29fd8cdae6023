package org.mekong.benchmarks.log;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.agroal.api.AgroalDataSource;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.mekong.benchmarks.load.Load;
import org.mekong.log.LogSettings;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.NoteSigner;

/**
 * Prints the bars of the transparency log beside a plain INSERT and COMMIT of the same entry
 * through the same pool in the same run.
 *
 * <p>Arguments: {@code --warm-up SECONDS} (90), {@code --seconds SECONDS} of each measurement (20),
 * {@code --entries COUNT} of the large log (10000000; 0 leaves it out).
 */
public final class LogBenchmark {
  private static final int CALLERS = 64;
  private static final int FILL_CALLERS = 2_048;
  private static final String ORIGIN = "bench.mekong.example/log/2026";

  private final Arguments arguments;
  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final AtomicLong number = new AtomicLong();

  private record Arguments(double warmUp, double seconds, long entries) {
    static Arguments parse(String[] given) {
      Arguments arguments = new Arguments(90, 20, 10_000_000);
      for (int i = 0; i + 1 < given.length; i += 2) {
        double value = Double.parseDouble(given[i + 1]);
        arguments =
            switch (given[i]) {
              case "--warm-up" -> new Arguments(value, arguments.seconds, arguments.entries);
              case "--seconds" -> new Arguments(arguments.warmUp, value, arguments.entries);
              case "--entries" -> new Arguments(arguments.warmUp, arguments.seconds, (long) value);
              default -> throw new IllegalArgumentException("unknown: " + given[i]);
            };
      }
      return arguments;
    }
  }

  private LogBenchmark(Arguments arguments) {
    this.arguments = arguments;
  }

  public static void main(String[] given) throws Exception {
    AmazonCorrettoCryptoProvider.install();
    say(
        "JDK %s, provider of Ed25519: %s, processors: %d, load before: %.1f",
        Runtime.version(),
        Security.getProviders("Signature.Ed25519")[0].getName(),
        Runtime.getRuntime().availableProcessors(),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    LogBenchmark benchmark = new LogBenchmark(Arguments.parse(given));
    benchmark.appends();
    benchmark.largeLog();
    System.exit(0);
  }

  private void appends() throws Exception {
    AgroalDataSource pool = BenchmarkDatabase.create("log_benchmark");
    TransparencyLog log = open(pool);
    Load.Operation append = () -> log.append(entry());
    Load.Operation joined = () -> appendInTransaction(log, pool, log::append);
    Load.Operation awaited =
        () ->
            appendInTransaction(
                log, pool, (to, entry) -> one(log.appendAwaited(to, List.of(entry))));
    Load.Operation written = () -> write(log);
    Load.Operation plain = () -> insertPlainRow(pool);
    say("warming up for %.0f s", arguments.warmUp);
    Load.closed(2, arguments.warmUp / 4, append);
    Load.closed(CALLERS, arguments.warmUp / 4, append);
    Load.closed(CALLERS, arguments.warmUp / 4, awaited);
    Load.closed(CALLERS, arguments.warmUp / 4, plain);

    heading();
    double plain64 = report("plain INSERT + COMMIT, 64 callers", CALLERS, plain, Double.NaN);
    double append64 = report("append, 64 callers (bar 10,000/s)", CALLERS, append, plain64);
    report("append in caller's transaction, 64 callers", CALLERS, awaited, plain64);
    report("the same, waiting for both commits, 64 callers", CALLERS, joined, plain64);
    report("write: one transaction for all, 64 callers", CALLERS, written, plain64);
    double plain1 = report("plain INSERT + COMMIT, 1 caller", 1, plain, Double.NaN);
    report("append, 1 caller (bar 1,000/s)", 1, append, plain1);
    report("append in caller's transaction, 1 caller", 1, awaited, plain1);
    report("the same, waiting for both commits, 1 caller", 1, joined, plain1);
    report("write: one transaction for all, 1 caller", 1, written, plain1);
    double half = append64 / 2;
    row(
        String.format(Locale.ROOT, "append at half of the limit, %.0f/s (bar p99 10 ms)", half),
        Load.open(CALLERS, half, arguments.seconds, append),
        Double.NaN);
    row(
        "append at 5,000/s, half of the bar (bar p99 10 ms)",
        Load.open(CALLERS, 5_000, arguments.seconds, append),
        Double.NaN);
    say("size of the log: %d; heap in use: %d MiB", log.freshness().size(), heapInUse());
    pool.close();
  }

  private void largeLog() throws Exception {
    if (arguments.entries == 0) {
      return;
    }
    AgroalDataSource pool = BenchmarkDatabase.create("log_benchmark_large");
    TransparencyLog log = open(pool);
    long begin = System.nanoTime();
    fill(log);
    say(
        "%d entries appended by %d callers in %.0f s; heap in use: %d MiB",
        log.freshness().size(), FILL_CALLERS, (System.nanoTime() - begin) / 1e9, heapInUse());
    long opening = System.nanoTime();
    TransparencyLog opened = open(pool);
    say("start: %.0f ms (bar 1,000 ms)", (System.nanoTime() - opening) / 1e6);
    Load.Operation prove =
        () -> opened.receipt(ThreadLocalRandom.current().nextLong(arguments.entries));
    Load.closed(1, arguments.seconds / 2, prove);
    heading();
    report("receipt of a random entry, 1 caller (bar 5 ms)", 1, prove, Double.NaN);
    report(
        "append to the large log, 64 callers", CALLERS, () -> opened.append(entry()), Double.NaN);
    say("heap in use: %d MiB", heapInUse());
    pool.close();
  }

  private void fill(TransparencyLog log) throws InterruptedException {
    AtomicLong left = new AtomicLong(arguments.entries);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < FILL_CALLERS; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (left.getAndDecrement() > 0) {
                      log.append(entry());
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private TransparencyLog open(AgroalDataSource pool) {
    return TransparencyLog.open(pool, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
  }

  private static PendingEntry one(List<PendingEntry> entries) {
    return entries.getFirst();
  }

  private Receipt write(TransparencyLog log) throws SQLException {
    byte[] entry = entry();
    return log.write(
        transaction -> {
          transaction.append(List.of(entry));
          return places -> places.getFirst().receipt();
        });
  }

  @FunctionalInterface
  private interface Appending {
    PendingEntry append(Connection transaction, byte[] entry) throws SQLException;
  }

  private void appendInTransaction(TransparencyLog log, AgroalDataSource pool, Appending appending)
      throws Exception {
    PendingEntry pending;
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      pending = appending.append(connection, entry());
      connection.commit();
    }
    log.await(pending);
  }

  private void insertPlainRow(AgroalDataSource pool) throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO plain_row (entry) VALUES (?)")) {
        insert.setBytes(1, entry());
        insert.executeUpdate();
      }
      connection.commit();
    }
  }

  /** About as long as the entry of a disclosure. */
  private byte[] entry() {
    return ("""
        {"agency":"vn-quang-tri-civil-registry","fields":["alive","age_over","married"],\
        "from":"VN","kind":"disclosure","leg":"answer","legal_basis":"agreement vn-la, article 4",\
        "officer":"o-51f0","outcome":"answered","purpose":"marriage","request_id":"%036d",\
        "subject":"EKNzoDWG8LGC0Yp9o-sv3qllpMP9uHQ9B20KNL-Q1zs","time":"2026-11-21T09:30:00Z",\
        "to":"LA","version":1}"""
            .formatted(number.incrementAndGet()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private double report(String what, int callers, Load.Operation operation, double peer) {
    Load.Outcome outcome = Load.closed(callers, arguments.seconds, operation);
    row(what, outcome, peer);
    return outcome.perSecond();
  }

  private static void row(String what, Load.Outcome outcome, double peer) {
    say(
        "%-52s %10.0f %8.2f %8.2f %8.1f %7.0f %7.0f %7s",
        what,
        outcome.perSecond(),
        outcome.p50(),
        outcome.p99(),
        outcome.slowest(),
        outcome.cpu(),
        outcome.postgres(),
        Double.isNaN(peer) ? "" : String.format(Locale.ROOT, "%.2f", outcome.perSecond() / peer));
  }

  private static void heading() {
    say(
        "%-52s %10s %8s %8s %8s %7s %7s %7s",
        "", "per second", "p50 ms", "p99 ms", "max ms", "CPU us", "PG us", "ratio");
  }

  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
