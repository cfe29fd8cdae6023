package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.testing.ReusedConnections;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;

/**
 * PostgreSQL is killed in the middle of the work, all of its processes at once and without a
 * warning, so that what it had not written yet is lost. Entries whose transactions did not wait for
 * the disk are there all the same, once they were acknowledged.
 */
class KilledDatabaseIT {
  private static final String ORIGIN = "vn.mekong.example/registry/2026";
  private static final int THREADS = 16;
  private static final int ROUNDS = 3;

  @TempDir Path folder;
  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  @Test
  void losesNothingThatWasAcknowledged() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      EmbeddedPostgres server = start();
      try {
        DataSource database = new ReusedConnections(server.getPostgresDatabase()).dataSource();
        if (round == 0) {
          LogTables.createIn(database);
        }
        verify(database);
        appendUntilKilled(database, round);
      } finally {
        closeQuietly(server);
      }
    }
    try (EmbeddedPostgres server = start()) {
      verify(new ReusedConnections(server.getPostgresDatabase()).dataSource());
    }
    assertTrue(acknowledged.size() > 100, acknowledged.size() + " acknowledged");
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        // Nothing is written but what a commit waits for, as far as that can be had.
        .setServerConfig("wal_writer_delay", "10s")
        .setServerConfig("wal_writer_flush_after", "1GB")
        .setServerConfig("unix_socket_directories", "")
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }

  /** Everything that was acknowledged stands where it was said to, in a log that is whole. */
  private void verify(DataSource database) throws Exception {
    try (TransparencyLog log =
        TransparencyLog.open(database, new LogSettings(ORIGIN, signer, Clock.systemUTC()))) {
      log.integrate();
      for (Map.Entry<String, Long> each : acknowledged.entrySet()) {
        String found =
            log.entry(each.getValue())
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .orElse("nothing");
        assertEquals(each.getKey(), found, "entry " + each.getValue());
      }
      Set<String> all = new HashSet<>();
      long size = log.freshness().size();
      for (long i = 0; i < size; i++) {
        assertTrue(
            all.add(new String(log.entry(i).orElseThrow(), StandardCharsets.UTF_8)), "twice");
      }
      LogVerifier.verify(
          path -> log.read(path).map(LogResource::bytes),
          LogExpectation.of(Policy.ofLogs(signer.verifierKey())));
    }
  }

  private void appendUntilKilled(DataSource database, int round) throws Exception {
    int before = acknowledged.size();
    AtomicBoolean killed = new AtomicBoolean();
    try (TransparencyLog log =
            TransparencyLog.open(database, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String name = round + "-" + thread + "-";
        running.add(threads.submit(() -> append(log, database, name, killed)));
      }
      while (acknowledged.size() < before + 400) {
        Thread.sleep(20);
      }
      kill();
      killed.set(true);
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  private void append(TransparencyLog log, DataSource database, String name, AtomicBoolean killed) {
    for (int i = 0; !killed.get(); i++) {
      String entry = name + i;
      try {
        acknowledged.put(entry, i % 2 == 0 ? written(log, entry) : awaited(log, database, entry));
      } catch (SQLException | LogException e) {
        return; // the server is gone
      }
    }
  }

  private static long awaited(TransparencyLog log, DataSource database, String entry)
      throws SQLException {
    PendingEntry pending;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      pending =
          log.appendAwaited(connection, List.of(entry.getBytes(StandardCharsets.UTF_8))).getFirst();
      connection.commit();
      connection.setAutoCommit(true);
    }
    return log.await(pending).index();
  }

  private static long written(TransparencyLog log, String entry) throws SQLException {
    return log.write(
        transaction -> {
          transaction.append(List.of(entry.getBytes(StandardCharsets.UTF_8)));
          return places -> places.getFirst().index();
        });
  }

  private void kill() throws IOException {
    long pid =
        Long.parseLong(
            Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  private static void closeQuietly(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      return; // it was killed
    }
  }

  @Test
  void withoutTheWaitingStepTheSameKillDoesLoseCommits() throws Exception {
    int committed = 0;
    EmbeddedPostgres server = start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE seen (number int)");
      statement.execute("SET synchronous_commit = off");
      for (; committed < 50; committed++) {
        statement.execute("INSERT INTO seen VALUES (" + committed + ")");
      }
      kill();
    } catch (SQLException e) {
      assertEquals(50, committed, e.getMessage());
    } finally {
      closeQuietly(server);
    }
    try (EmbeddedPostgres again = start();
        Connection connection = again.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM seen")) {
      row.next();
      assertTrue(row.getInt(1) < 50, "the kill takes what was not written, or proves nothing");
    }
  }
}
