package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;

/** Four replicas with sixteen threads each append to one log, and are killed at random. */
class KilledReplicasIT {
  private static final String ORIGIN = "vn.mekong.example/gateway/2026";
  private static final int REPLICAS = 4;
  private static final int THREADS = 16;
  private static final Duration DURATION = Duration.ofSeconds(15);

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Random random = new Random(7);
  private int started;

  @Test
  void loseNoEntryAndRepeatNoneAndLeaveNoGapInOneHistory() throws Exception {
    DataSource database = LogTables.createIn("killed_replicas");
    TransparencyLog log =
        TransparencyLog.open(database, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
    List<Process> replicas = new ArrayList<>();
    try {
      Instant end = Instant.now().plus(DURATION);
      int kills = 0;
      while (Instant.now().isBefore(end)) {
        replicas.removeIf(replica -> !replica.isAlive());
        while (replicas.size() < REPLICAS) {
          replicas.add(start());
        }
        Thread.sleep(1_500 + random.nextInt(1_000));
        replicas.get(random.nextInt(replicas.size())).destroyForcibly();
        kills++;
      }
      assertTrue(kills >= 4, kills + " kills");
    } finally {
      for (Process replica : replicas) {
        replica.destroyForcibly().waitFor();
      }
    }
    log.integrate();

    Map<Long, String> entries = entries(database);
    assertEquals(log.freshness().size(), entries.size(), "no gap");
    Set<String> distinct = new HashSet<>(entries.values());
    assertEquals(entries.size(), distinct.size(), "none twice");
    acknowledged.forEach((entry, index) -> assertEquals(entry, entries.get(index), "not lost"));
    assertTrue(acknowledged.size() > 100, acknowledged.size() + " acknowledged");
    LogVerifier.verify(
        path -> log.read(path).map(LogResource::bytes),
        LogExpectation.of(Policy.ofLogs(signer.verifierKey())));
  }

  @Test
  void aReplicaThatStandsStillDoesNotStopTheOthersForLong() throws Exception {
    DataSource database = LogTables.createIn("killed_replicas");
    TransparencyLog log =
        TransparencyLog.open(database, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
    Process still = start();
    try {
      waitUntilAcknowledged(200);
      assertEquals(0, new ProcessBuilder("kill", "-STOP", still.pid() + "").start().waitFor());
      Instant begin = Instant.now();

      log.append("not stopped".getBytes(StandardCharsets.UTF_8));

      Duration took = Duration.between(begin, Instant.now());
      assertTrue(took.toSeconds() < 15, took.toString());
    } finally {
      still.destroyForcibly().waitFor();
    }
    LogVerifier.verify(
        path -> log.read(path).map(LogResource::bytes),
        LogExpectation.of(Policy.ofLogs(signer.verifierKey())));
  }

  private void waitUntilAcknowledged(int count) throws InterruptedException {
    for (int i = 0; i < 600 && acknowledged.size() < count; i++) {
      Thread.sleep(50);
    }
    assertTrue(acknowledged.size() >= count, acknowledged.size() + " acknowledged");
  }

  private Process start() throws IOException {
    Process replica =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                EmbeddedDatabase.shared().jdbcUrl("killed_replicas"),
                EmbeddedDatabase.shared().user(),
                EmbeddedDatabase.shared().password(),
                ORIGIN,
                signer.encoded(),
                Integer.toString(THREADS),
                Integer.toString(started++))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Thread.ofPlatform().daemon().start(() -> note(replica));
    return replica;
  }

  private void note(Process replica) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(replica.getInputStream(), StandardCharsets.UTF_8))) {
      String previous = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (previous != null) {
          acknowledge(previous);
        }
        previous = line;
      }
    } catch (IOException e) {
      return; // killed: what it had written is read, and its last line may be cut off
    }
  }

  private void acknowledge(String line) {
    int space = line.indexOf(' ');
    acknowledged.put(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
  }

  private static Map<Long, String> entries(DataSource database) throws Exception {
    Map<Long, String> entries = new ConcurrentHashMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT entry_index, entry FROM log_entry")) {
      while (rows.next()) {
        entries.put(rows.getLong(1), new String(rows.getBytes(2), StandardCharsets.UTF_8));
      }
    }
    for (long i = 0; i < entries.size(); i++) {
      assertTrue(entries.containsKey(i), "entry " + i);
    }
    return entries;
  }
}
