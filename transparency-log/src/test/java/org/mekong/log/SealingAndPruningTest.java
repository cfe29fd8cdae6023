package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.merkle.MerkleProof;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;

class SealingAndPruningTest {
  private static final String ORIGIN = "vn.mekong.example/identity/2026";

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final LogSettings settings = new LogSettings(ORIGIN, signer, Clock.systemUTC());
  private DataSource database;
  private TransparencyLog log;

  @BeforeEach
  void createTables() {
    database = LogTables.createIn("sealing_and_pruning");
    log = TransparencyLog.open(database, settings);
  }

  @Test
  void sealedLogTakesNoMoreEntriesAndKeepsItsLastCheckpoint() throws Exception {
    log.append(entry(0));
    try (Connection connection = database.getConnection()) {
      log.append(connection, entry(1));
    }

    byte[] last = log.seal();

    assertTrue(log.isSealed());
    assertEquals(2, checkpoint(last).size());
    assertArrayEquals(last, log.seal());
    LogException refused = assertThrows(LogException.class, () -> log.append(entry(2)));
    assertTrue(refused.getMessage().contains("sealed"), refused.getMessage());
    try (Connection connection = database.getConnection();
        TransparencyLog reopened = TransparencyLog.open(database, settings)) {
      SQLException inTransaction =
          assertThrows(SQLException.class, () -> log.append(connection, entry(2)));
      assertEquals("55000", inTransaction.getSQLState());
      assertThrows(LogException.class, () -> reopened.append(entry(2)));
      assertArrayEquals(last, reopened.checkpoint());
      assertEquals(2, reopened.receipt(1).treeSize());
    }
  }

  @Test
  void sealingWaitsForTransactionsThatHaveAppended() throws Exception {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      PendingEntry pending = log.append(connection, entry(0));
      CompletableFuture<byte[]> sealing = CompletableFuture.supplyAsync(log::seal);
      assertThrows(TimeoutException.class, () -> sealing.get(300, TimeUnit.MILLISECONDS));

      connection.commit();

      assertEquals(1, checkpoint(sealing.get(10, TimeUnit.SECONDS)).size());
      assertEquals(0, log.await(pending).index());
    }
  }

  @Test
  void integratesWhatNobodyWaitedFor() throws SQLException {
    try (Connection connection = database.getConnection()) {
      log.append(connection, entry(0));
    }
    log.integrate();
    assertEquals(1, log.freshness().size());
  }

  @Test
  void prunesBelowAnIndexAndProvesEverythingAboveIt() throws Exception {
    for (int i = 0; i < 1_030; i++) {
      log.append(entry(i));
    }
    byte[] before = log.checkpoint();

    log.prune(600);

    assertArrayEquals(before, log.checkpoint());
    assertTrue(log.read("tile/entries/001").isEmpty());
    assertTrue(log.read("tile/0/001").isEmpty());
    assertTrue(log.read("tile/0/001.p/3").isEmpty());
    assertTrue(log.read("tile/entries/002").isPresent());
    assertTrue(log.read("tile/0/002").isPresent());
    assertTrue(log.read("tile/1/000.p/4").isPresent());
    assertThrows(IllegalArgumentException.class, () -> log.receipt(511));
    Policy policy = Policy.ofLogs(signer.verifierKey());
    for (int index : new int[] {512, 600, 1_023, 1_024, 1_029}) {
      assertArrayEquals(
          entry(index), ProofVerifier.verify(log.receipt(index).proof(), policy).entry());
    }
    assertEquals(1_030, log.append(entry(1_030)).index());
    try (TransparencyLog reopened = TransparencyLog.open(database, settings)) {
      assertEquals(1_031, reopened.append(entry(1_031)).index());
      MerkleProof.verifyConsistency(
          1_030,
          1_032,
          checkpoint(before).root(),
          checkpoint(reopened.checkpoint()).root(),
          reopened.consistencyProof(1_030, 1_032));
    }
  }

  @Test
  void refusesToPruneBeyondTheLog() {
    log.append(entry(0));
    assertThrows(IllegalArgumentException.class, () -> log.prune(2));
    assertThrows(IllegalArgumentException.class, () -> log.prune(-1));
    log.prune(1);
    assertFalse(log.read("tile/entries/000.p/1").isEmpty());
  }

  private static Checkpoint checkpoint(byte[] note) throws NoteException {
    return Checkpoint.parse(Note.parse(note).text());
  }

  private static byte[] entry(int number) {
    return ("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8);
  }
}
