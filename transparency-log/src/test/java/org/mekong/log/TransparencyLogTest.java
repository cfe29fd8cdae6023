package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleProof;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.testing.Relay;
import org.mekong.log.testing.ReusedConnections;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;
import org.postgresql.ds.PGSimpleDataSource;

class TransparencyLogTest {
  private static final String ORIGIN = "vn.mekong.example/registry/2026";

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final LogSettings settings = new LogSettings(ORIGIN, signer, Clock.systemUTC());
  private final Policy policy = Policy.ofLogs(signer.verifierKey());
  private DataSource database;

  @BeforeEach
  void createTables() {
    database = LogTables.createIn("transparency_log");
  }

  @Test
  void startsWithTheCheckpointOfAnEmptyTree() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      Note note = Note.parse(log.checkpoint());

      note.requireSignedBy(signer.verifierKey());
      assertEquals(new Checkpoint(ORIGIN, 0, MerkleHash.empty()), Checkpoint.parse(note.text()));
    }
  }

  @Test
  void givesReceiptsThatVerify() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      for (int i = 0; i < 600; i++) {
        Receipt receipt = log.append(entry(i));

        VerifiedEntry verified = ProofVerifier.verify(receipt.proof(), policy);
        assertEquals(i, verified.index());
        assertEquals(i + 1, verified.treeSize());
        assertArrayEquals(entry(i), verified.entry());
      }
      for (int i : List.of(0, 1, 255, 256, 511, 512, 599)) {
        VerifiedEntry verified = ProofVerifier.verify(log.receipt(i).proof(), policy);
        assertArrayEquals(entry(i), verified.entry());
        assertEquals(600, verified.treeSize());
      }
    }
  }

  @Test
  void entriesOfOneTransactionGetTheirOwnReceiptsInTheirOrder() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Receipt>>> answers = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        int first = caller * 1_000;
        answers.add(callers.submit(() -> appendTogether(log, first, 300)));
      }
      for (int caller = 0; caller < 4; caller++) {
        List<Receipt> receipts = answers.get(caller).get();
        assertEquals(300, receipts.size());
        for (int i = 0; i < 300; i++) {
          VerifiedEntry verified = ProofVerifier.verify(receipts.get(i).proof(), policy);
          assertArrayEquals(entry(caller * 1_000 + i), verified.entry());
          assertEquals(receipts.get(i).index(), verified.index());
        }
      }
      assertEquals(1_200, log.freshness().size());
    }
  }

  @Test
  void aHundredEntriesTakeAsManyRoundTripsAsOne() throws Exception {
    try (Relay relay = Relay.to(EmbeddedDatabase.shared().port());
        ReusedConnections pool = new ReusedConnections(over(relay))) {
      database = pool.dataSource();
      LogTables.createIn(database);
      TransparencyLog log = TransparencyLog.open(database, settings);
      long one = roundTrips(relay, log, 1);
      long hundred = roundTrips(relay, log, 100);
      System.out.printf("round trips: %d for one entry, %d for a hundred%n", one, hundred);
      assertEquals(one, hundred);
    }
  }

  /** The least of some: a message in two packets may be answered in part in between. */
  private long roundTrips(Relay relay, TransparencyLog log, int entries) throws SQLException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 6; i++) {
      long before = relay.roundTrips();
      appendTogether(log, 0, entries);
      least = Math.min(least, relay.roundTrips() - before);
    }
    return least;
  }

  private static DataSource over(Relay relay) {
    EmbeddedDatabase server = EmbeddedDatabase.shared();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(
        server.jdbcUrl("log_round_trips").replace(":" + server.port(), ":" + relay.port()));
    source.setUser(server.user());
    source.setPassword(server.password());
    return source;
  }

  private List<Receipt> appendTogether(TransparencyLog log, int first, int count)
      throws SQLException {
    List<PendingEntry> pending;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      pending =
          log.appendAwaited(
              connection,
              IntStream.range(first, first + count).mapToObj(TransparencyLogTest::entry).toList());
      connection.commit();
    }
    return log.await(pending);
  }

  @Test
  void commitsAnEntryWithItsCauseOrNotAtAll() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      PendingEntry refused = log.append(connection, entry(1));
      connection.rollback();
      PendingEntry committed = log.append(connection, entry(2));
      connection.commit();

      Receipt receipt = log.await(committed);

      assertEquals(0, receipt.index());
      assertArrayEquals(entry(2), ProofVerifier.verify(receipt.proof(), policy).entry());
      assertThrows(LogException.class, () -> log.await(refused));
      assertEquals(0, log.await(committed).index());
    }
  }

  @Test
  void givesTheReceiptOfAnEntryThatAnothersStepTookBeforeItWasAwaited() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        Connection connection = database.getConnection()) {
      List<PendingEntry> pending = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        pending.add(log.append(connection, entry(i)));
      }
      log.append(entry(2_000)); // takes them all

      for (int i : List.of(0, 1, 975, 976, 1_998, 1_999, 1_999)) {
        Receipt receipt = log.await(pending.get(i));

        assertArrayEquals(entry(i), ProofVerifier.verify(receipt.proof(), policy).entry());
        assertArrayEquals(entry(i), log.receipt(receipt.index()).entry());
      }
    }
  }

  @Test
  void noticesThatAnotherReplicaHasIntegratedAnEntry() throws Exception {
    try (TransparencyLog one = TransparencyLog.open(database, settings);
        TransparencyLog other = TransparencyLog.open(database, settings)) {
      PendingEntry pending;
      try (Connection connection = database.getConnection()) {
        pending = one.append(connection, entry(1));
      }
      assertEquals(1, other.append(entry(2)).index());

      Receipt receipt = one.await(pending);

      assertEquals(0, receipt.index());
      ProofVerifier.verify(receipt.proof(), policy);
      assertEquals(2, one.append(entry(3)).index());
      assertEquals(3, other.append(entry(4)).index());
    }
  }

  @Test
  void takesMorePendingEntriesThanOneStepHolds() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      List<PendingEntry> pending = new ArrayList<>();
      for (int i = 0; i < 3 * LogStore.PENDING_LIMIT + 5; i++) {
        pending.add(log.append(connection, entry(i)));
      }
      connection.commit();

      assertEquals(pending.size() - 1, log.await(pending.getLast()).index());
      assertEquals(0, log.await(pending.getFirst()).index());
    }
  }

  @Test
  void groupsTheEntriesOfManyCallersWithoutLosingOne() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        ExecutorService callers = Executors.newFixedThreadPool(32)) {
      List<Future<Receipt>> receipts =
          IntStream.range(0, 1_000)
              .mapToObj(i -> callers.submit(() -> log.append(entry(i))))
              .toList();

      List<Long> indices = new ArrayList<>();
      for (Future<Receipt> receipt : receipts) {
        ProofVerifier.verify(receipt.get().proof(), policy);
        indices.add(receipt.get().index());
      }
      assertEquals(
          IntStream.range(0, 1_000).mapToObj(i -> (long) i).toList(),
          indices.stream().sorted().toList());
    }
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      for (int i = 0; i < 300; i++) {
        log.append(entry(i));
      }
    }
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      Note before = Note.parse(log.checkpoint());
      assertEquals(300, log.append(entry(300)).index());
      Note after = Note.parse(log.checkpoint());

      MerkleProof.verifyConsistency(
          300,
          301,
          Checkpoint.parse(before.text()).root(),
          Checkpoint.parse(after.text()).root(),
          log.consistencyProof(300, 301));
    }
  }

  @Test
  void refusesToOpenWithTheKeyOfAnotherLog() {
    TransparencyLog.open(database, settings).close();
    LogSettings other = new LogSettings(ORIGIN, NoteSigner.generate(ORIGIN), Clock.systemUTC());

    assertThrows(LogException.class, () -> TransparencyLog.open(database, other));
  }

  @Test
  void keepsTheLogsOfSeveralYearsApart() {
    String next = "vn.mekong.example/registry/2027";
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        TransparencyLog nextYear =
            TransparencyLog.open(
                database, new LogSettings(next, NoteSigner.generate(next), Clock.systemUTC()))) {
      assertEquals(0, log.append(entry(1)).index());
      assertEquals(0, nextYear.append(entry(2)).index());
      assertEquals(1, log.append(entry(3)).index());
    }
  }

  @Test
  void worksForARoleThatMayNotAlterTables() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS log_writer");
      statement.execute("CREATE ROLE log_writer LOGIN PASSWORD 'secret'");
      statement.execute(
          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO log_writer");
      statement.execute("GRANT USAGE ON SCHEMA public TO log_writer");
    }
    DataSource asWriter =
        EmbeddedDatabase.shared().dataSource("transparency_log", "log_writer", "secret");
    try (TransparencyLog log = TransparencyLog.open(asWriter, settings)) {
      for (int i = 0; i < 257; i++) {
        log.append(entry(i));
      }
      try (Connection connection = asWriter.getConnection()) {
        assertEquals(257, log.await(log.append(connection, entry(257))).index());
      }
    } finally {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP OWNED BY log_writer; DROP ROLE log_writer");
      }
    }
  }

  @Test
  void servesTilesBundlesAndCheckpointWithTheirHeaders() throws SQLException {
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      for (int i = 0; i < 259; i++) {
        log.append(entry(i));
      }

      LogResource full = log.read("tile/0/000").orElseThrow();
      assertEquals(8_192, full.bytes().length);
      assertTrue(full.cacheControl().contains("immutable"));
      assertEquals("application/octet-stream", full.mediaType());
      assertEquals(96, log.read("tile/0/001.p/3").orElseThrow().bytes().length);
      assertEquals(32, log.read("tile/1/000.p/1").orElseThrow().bytes().length);
      assertTrue(log.read("tile/entries/000").isPresent());
      assertTrue(log.read("tile/entries/001.p/3").isPresent());
      assertEquals("text/plain; charset=utf-8", log.read("checkpoint").orElseThrow().mediaType());
      for (String absent :
          List.of(
              "tile/0/001",
              "tile/0/001.p/4",
              "tile/0/001.p/0",
              "tile/0/001.p/256",
              "tile/1/000",
              "tile/2/000.p/1",
              "tile/64/000",
              "tile/63/000",
              "tile/00/000",
              "tile/0/0",
              "tile/0/x000/001",
              "tile/0/x999/x999/x999/x999/x999/x999/999",
              "tile/entries/001",
              "tile/entries/001.p/4",
              "tile/entries/../checkpoint",
              "",
              "checkpoint/")) {
        assertTrue(log.read(absent).isEmpty(), absent);
      }
    }
  }

  @Test
  void refusesEntriesThatAreEmptyOrTooLong() {
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      assertThrows(IllegalArgumentException.class, () -> log.append(new byte[0]));
      assertThrows(IllegalArgumentException.class, () -> log.append(new byte[65_536]));
      assertEquals(0, log.append(new byte[65_535]).index());
      assertThrows(IllegalArgumentException.class, () -> log.receipt(1));
      assertThrows(IllegalArgumentException.class, () -> log.receipt(-1));
    }
  }

  private static byte[] entry(int number) {
    return ("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8);
  }
}
