package org.mekong.log.year;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.log.LogException;
import org.mekong.log.LogTables;
import org.mekong.log.PendingEntry;
import org.mekong.log.TransparencyLog;
import org.mekong.log.commitment.Commitment;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.commitment.MonthKeys;
import org.mekong.log.entry.CanonicalJson;
import org.mekong.log.note.Cosigner;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.witness.Watch;

/** What may be pruned, what goes with it, and what stays true. */
class RetentionTest {
  private static final Period YEARS = Period.ofYears(10);

  @TempDir Path folder;
  private final MovedClock clock = new MovedClock("2026-03-01T00:00:00Z");
  private DataSource database;
  private Commitments commitments;
  private YearlyLog log;
  private final List<Commitment> committed = new ArrayList<>();
  private final List<PendingEntry> appended = new ArrayList<>();

  @BeforeEach
  void append600Entries() throws SQLException {
    database = LogTables.createIn("retention");
    commitments =
        new Commitments(new MonthKeys(database, new SecretKeySpec(new byte[32], "AES"), clock));
    log = open(new Watch(Policy.ofLogs(), HttpClient.newHttpClient(), Duration.ofHours(4)));
    for (int i = 0; i < 600; i++) {
      if (i == 550) {
        clock.set("2026-09-01T00:00:00Z");
      }
      append();
    }
    log.await(appended.getLast());
  }

  @AfterEach
  void close() {
    log.close();
  }

  private YearlyLog open(Watch watch) {
    KeyFile keyFile = new KeyFile("log.key-file", folder.resolve("log-{year}.key"), true);
    return YearlyLog.open(
        database, new LogKeys("vn.mekong.example/registry/", keyFile), watch, clock);
  }

  private Retention retention() {
    return new Retention(database, log, Optional.of(commitments), YEARS, clock);
  }

  private void append() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Commitment commitment =
          commitments.commit(connection, "person", UUID.randomUUID().toString());
      committed.add(commitment);
      byte[] entry =
          CanonicalJson.write(
              Map.of("time", clock.instant().toString(), "subject", commitment.text()));
      appended.add(log.append(connection, entry));
    }
  }

  @Test
  void nothingGoesBeforeItsTime() {
    TransparencyLog of = log.current();
    assertEquals(0, retention().limit(of));
    RetainedException refused =
        assertThrows(RetainedException.class, () -> retention().prune(of, 1));
    assertEquals(0, refused.limit());
    assertTrue(of.entry(0).isPresent());
  }

  @Test
  void whatIsOverGoesWithWhatOpensItAndTheRestIsProvedAsBefore() throws Exception {
    TransparencyLog of = log.current();
    clock.set("2036-06-01T00:00:00Z");
    assertEquals(550, retention().limit(of));
    assertThrows(RetainedException.class, () -> retention().prune(of, 551));

    Pruning pruned = retention().prune(of, 550);

    assertEquals(new Pruning(of.origin(), 512, 512, 512), pruned);
    assertEquals(new Pruning(of.origin(), 512, 0, 0), retention().prune(of, 550));
    try (Connection connection = database.getConnection()) {
      assertEquals(Optional.empty(), commitments.open(connection, committed.get(511)));
      assertTrue(commitments.open(connection, committed.get(512)).isPresent());
    }
    assertThrows(LogException.Pruned.class, () -> log.await(appended.get(100)));
    LogVerifier.verify(
        path -> of.read(path).map(resource -> resource.bytes()),
        LogExpectation.of(Policy.ofLogs(of.verifierKey())).prunedBelow(512));
  }

  @Test
  void nothingGoesThatNoWitnessHasSeen() throws Exception {
    log.close();
    Policy.Witness silent =
        new Policy.Witness(
            "LA",
            Cosigner.generate("la.mekong.example/witness").verifierKey(),
            Optional.of(java.net.URI.create("http://localhost:1")));
    log =
        open(
            new Watch(
                new Policy(List.of(), List.of(silent), new Policy.Quorum.One("LA")),
                HttpClient.newHttpClient(),
                Duration.ofHours(4)));
    clock.set("2036-06-01T00:00:00Z");
    TransparencyLog of = log.ofYear(2026).orElseThrow();

    assertEquals(0, retention().limit(of));
    assertThrows(RetainedException.class, () -> retention().prune(of, 256));

    LogReport report = LogReport.of(log, retention(), clock);
    assertEquals("waiting", report.standing());
    LogReport.OneYear year = report.logs().getLast();
    assertEquals(600, year.size());
    assertEquals("LA", year.witnesses().getFirst().name());
  }
}
