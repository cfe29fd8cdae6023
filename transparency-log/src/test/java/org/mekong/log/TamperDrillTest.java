package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogFault;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.witness.AddCheckpointAnswer;
import org.mekong.log.witness.AddCheckpointRequest;
import org.mekong.log.witness.CosignatureCollector;
import org.mekong.log.witness.NamedWitness;
import org.mekong.log.witness.RollbackGuard;
import org.mekong.log.witness.WitnessState;
import org.postgresql.PGConnection;

/** An operator with the database password: what they can do, and who finds it. */
class TamperDrillTest {
  private static final String ORIGIN = "vn.mekong.example/registry/2026";

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
  private final Policy policy =
      new Policy(
          List.of(new Policy.Log(signer.verifierKey(), Optional.empty())),
          List.of(new Policy.Witness("LA", cosigner.verifierKey(), Optional.empty())),
          new Policy.Quorum.One("LA"));
  private DataSource database;
  private WitnessState peer;
  private TransparencyLog log;
  private Checkpoint remembered;

  @BeforeEach
  void appendAndCosign() throws Exception {
    database = LogTables.createIn("tamper_drill");
    peer =
        new WitnessState(
            LogTables.createIn("tamper_drill_peer"),
            cosigner,
            List.of(signer.verifierKey()),
            Clock.systemUTC());
    log = open(database);
    append(log, database, 0, 600);
    collector(log).collect();
    remembered = verify(LogExpectation.of(policy));
    assertEquals(600, remembered.size());
  }

  @Test
  void findsAChangedRow() throws SQLException {
    execute("UPDATE log_entry SET entry = 'other' WHERE entry_index = 300");

    assertFault(
        LogFault.Kind.CHANGED_ENTRY, "changed entry: entry 300 ", LogExpectation.of(policy));
  }

  @Test
  void findsAChangedRowWhoseHashesWereChangedWithIt() throws SQLException {
    execute(
        "UPDATE log_entry SET entry = 'other', leaf_hash = sha256('\\x006f74686572')"
            + " WHERE entry_index = 590");

    assertFault(LogFault.Kind.OTHER_TREE, "other tree: ", LogExpectation.of(policy));
  }

  @Test
  void findsTheLastHundredEntriesRemoved() throws SQLException {
    execute("DELETE FROM log_entry WHERE entry_index >= 500");

    assertFault(LogFault.Kind.REMOVED_ENTRY, "removed entry: ", LogExpectation.of(policy));
  }

  @Test
  void findsAnEntryTakenOutOfTheMiddle() throws SQLException {
    execute("DELETE FROM log_entry WHERE entry_index = 100");

    assertFault(LogFault.Kind.REMOVED_ENTRY, "removed entry: ", LogExpectation.of(policy));
  }

  @Test
  void findsAForkAgainstARememberedCheckpoint() throws Exception {
    log = forked(601);

    assertFault(
        LogFault.Kind.FORK,
        "fork: the first 600 entries",
        LogExpectation.of(Policy.ofLogs(signer.verifierKey())).continuing(remembered));
  }

  @Test
  void guardStopsAFork() throws Exception {
    log = forked(601);

    RollbackGuard.Verdict verdict = RollbackGuard.check(log, collector(log));

    String reason = assertInstanceOf(RollbackGuard.Verdict.Refused.class, verdict).reason();
    assertTrue(reason.startsWith("forked: "), reason);
    assertThrows(LogException.class, () -> log.append(new byte[1]));
  }

  @Test
  void guardStopsAForkOfTheSameSize() throws Exception {
    log = forked(600);

    RollbackGuard.Verdict verdict = RollbackGuard.check(log, collector(log));

    String reason = assertInstanceOf(RollbackGuard.Verdict.Refused.class, verdict).reason();
    assertTrue(reason.startsWith("forked: "), reason);
  }

  @Test
  void guardStopsALogRestoredFromAnOldBackup() throws Exception {
    TransparencyLog restored = restoredFromBackupOf(500);

    RollbackGuard.Verdict verdict = RollbackGuard.check(restored, collector(restored));

    String reason = assertInstanceOf(RollbackGuard.Verdict.Refused.class, verdict).reason();
    assertTrue(reason.startsWith("rolled back: witness LA has cosigned 600"), reason);
    assertThrows(LogException.class, () -> restored.append(new byte[1]));
    try (Connection connection = database.getConnection()) {
      assertThrows(SQLException.class, () -> restored.append(connection, new byte[1]));
    }
  }

  @Test
  void findsALogThatShrankBecauseAnOldBackupWasRestored() throws Exception {
    log = restoredFromBackupOf(500);

    assertFault(
        LogFault.Kind.SHRUNK,
        "shrunk: the log had 600 entries, now it has 500",
        LogExpectation.of(Policy.ofLogs(signer.verifierKey())).continuing(remembered));
  }

  @Test
  void findsAMissingCosignature() throws SQLException {
    execute("DELETE FROM log_cosigned_checkpoint");

    assertFault(
        LogFault.Kind.MISSING_COSIGNATURE, "missing cosignature: ", LogExpectation.of(policy));
  }

  @Test
  void findsAStaleCheckpoint() {
    LogExpectation expectation =
        LogExpectation.of(policy)
            .notOlderThan(Duration.ofMinutes(10), Instant.now().plus(Duration.ofHours(1)));

    assertFault(LogFault.Kind.STALE, "stale: ", expectation);
  }

  @Test
  void findsACheckpointOfAnotherKey() throws Exception {
    Policy other = Policy.ofLogs(NoteSigner.generate(ORIGIN).verifierKey());

    assertFault(LogFault.Kind.CHECKPOINT, "checkpoint: ", LogExpectation.of(other));
  }

  @Test
  void refusesToOpenWhenTheTreeNoLongerFitsItsCheckpoint() throws SQLException {
    execute("DELETE FROM log_entry WHERE entry_index = 599");
    assertThrows(LogException.class, () -> open(database));
    execute("DELETE FROM log_tile WHERE tile_index = 1");
    assertThrows(LogException.class, () -> open(database));
  }

  @Test
  void refusesToGoOnWhenTheHeadIsSetBackUnderARunningLog() throws SQLException {
    execute("UPDATE transparency_log SET size = 599");
    assertThrows(LogException.class, () -> log.append(new byte[1]));
  }

  @Test
  void refusesToGoOnWhenAnOldBackupIsRestoredUnderARunningLog() throws Exception {
    execute("CREATE TABLE backup AS SELECT * FROM transparency_log");
    append(log, database, 600, 10);

    execute(
        "DELETE FROM log_entry WHERE entry_index >= 600;"
            + " UPDATE transparency_log l SET size = b.size, checkpoint = b.checkpoint FROM backup b");

    LogException refused = assertThrows(LogException.class, () -> log.append(new byte[1]));
    assertTrue(
        refused.getMessage().contains("the log was set back: it had 610 entries, now it has 600"),
        refused.getMessage());
    assertThrows(LogException.class, () -> log.append(new byte[1]), "nor later");
  }

  @Test
  void refusesToGoOnWhenTheLogIsForkedUnderARunningLog() throws Exception {
    TransparencyLog fork = forked(700);
    try (Connection from =
            EmbeddedDatabase.shared().dataSource("tamper_drill_fork").getConnection();
        Connection to = database.getConnection();
        Statement statement = to.createStatement()) {
      statement.execute("DELETE FROM log_entry; DELETE FROM log_tile");
      copy(from, to, "log_entry", "log_id, entry_index, ticket, leaf_hash, entry");
      copy(from, to, "log_tile", "log_id, level, tile_index, root_hash, hashes");
      try (PreparedStatement update =
          to.prepareStatement("UPDATE transparency_log SET size = 700, checkpoint = ?")) {
        update.setBytes(1, fork.signedCheckpoint());
        update.executeUpdate();
      }
    }
    LogException first = assertThrows(LogException.class, () -> log.append(new byte[1]));
    assertTrue(first.getMessage().contains("another root"), first.getMessage());
    LogException second = assertThrows(LogException.class, () -> log.append(new byte[1]));
    assertTrue(second.getMessage().contains("the log was forked"), second.getMessage());
  }

  private static void copy(Connection from, Connection to, String table, String columns)
      throws Exception {
    var out = from.unwrap(PGConnection.class).getCopyAPI();
    var bytes = new ByteArrayOutputStream();
    out.copyOut("COPY " + table + " (" + columns + ") TO STDOUT", bytes);
    var in = to.unwrap(PGConnection.class).getCopyAPI();
    in.copyIn(
        "COPY " + table + " (" + columns + ") FROM STDIN",
        new ByteArrayInputStream(bytes.toByteArray()));
  }

  private TransparencyLog forked(int size) throws Exception {
    DataSource second = LogTables.createIn("tamper_drill_fork");
    TransparencyLog fork = open(second);
    append(fork, second, 0, 550);
    append(fork, second, 10_000, size - 550);
    return fork;
  }

  private TransparencyLog restoredFromBackupOf(int size) throws Exception {
    DataSource second = LogTables.createIn("tamper_drill_backup");
    TransparencyLog restored = open(second);
    append(restored, second, 0, size);
    return restored;
  }

  private TransparencyLog open(DataSource source) {
    return TransparencyLog.open(source, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
  }

  private CosignatureCollector collector(TransparencyLog of) {
    return new CosignatureCollector(
        of, List.of(new NamedWitness("LA", cosigner.verifierKey(), this::ask)), policy.quorum());
  }

  private AddCheckpointAnswer ask(AddCheckpointRequest request) throws IOException {
    try {
      return peer.addCheckpoint(request);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private void assertFault(LogFault.Kind kind, String message, LogExpectation expectation) {
    LogFault fault = assertThrows(LogFault.class, () -> verify(expectation));
    assertEquals(kind, fault.kind(), fault.getMessage());
    assertTrue(fault.getMessage().startsWith(message), fault.getMessage());
  }

  private Checkpoint verify(LogExpectation expectation) throws Exception {
    return LogVerifier.verify(path -> log.read(path).map(LogResource::bytes), expectation)
        .checkpoint();
  }

  private static void append(TransparencyLog to, DataSource source, int first, int count)
      throws Exception {
    List<PendingEntry> pending = new ArrayList<>();
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      for (int i = first; i < first + count; i++) {
        pending.add(to.append(connection, ("entry " + i).getBytes(StandardCharsets.UTF_8)));
      }
      connection.commit();
    }
    to.await(pending.getLast());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
