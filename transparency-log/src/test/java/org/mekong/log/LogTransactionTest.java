package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

class LogTransactionTest {
  private static final String ORIGIN = "la.mekong.example/gateway/2026";

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final LogSettings settings = new LogSettings(ORIGIN, signer, Clock.systemUTC());
  private final Policy policy = Policy.ofLogs(signer.verifierKey());
  private DataSource database;
  private TransparencyLog log;

  @BeforeEach
  void open() throws SQLException {
    database = LogTables.createIn("log_transaction");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS deed");
      statement.execute("CREATE TABLE deed (name text PRIMARY KEY)");
    }
    log = TransparencyLog.open(database, settings);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void entriesHaveTheirPlacesAndProofsWhenItReturns() throws Exception {
    List<LogTransaction.Place> places = write("first", "a", "b");
    places.addAll(write("second", "c"));

    for (int i = 0; i < places.size(); i++) {
      VerifiedEntry verified = ProofVerifier.verify(places.get(i).receipt().proof(), policy);
      assertEquals(i, verified.index());
      assertEquals(i, places.get(i).index());
      assertEquals(ORIGIN, places.get(i).origin());
      assertArrayEquals(bytes("abc".substring(i, i + 1)), verified.entry());
    }
    assertEquals(Set.of("first", "second"), deeds());
  }

  @Test
  void whatIsKeptOfAnEntryFindsItAgainAlsoFromAnotherReplica() throws Exception {
    List<PendingEntry> kept = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "entry " + i;
      log.write(
          transaction -> {
            kept.addAll(transaction.append(List.of(bytes(name))));
            return places -> places;
          });
    }
    try (TransparencyLog other = TransparencyLog.open(database, settings)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(i, other.await(kept.get(i)).index());
        assertArrayEquals(bytes("entry " + i), log.await(kept.get(i)).entry());
      }
    }
  }

  @Test
  void nothingIsWrittenWhereTheWorkFails() throws Exception {
    write("first", "a");

    assertThrows(SQLException.class, () -> write("first", "b"), "the name is taken");
    assertThrows(
        IllegalStateException.class,
        () ->
            log.write(
                transaction -> {
                  transaction.append(List.of(bytes("c")));
                  insert(transaction.connection(), "second");
                  throw new IllegalStateException("no");
                }));

    assertEquals(1, log.freshness().size());
    assertEquals(Set.of("first"), deeds());
    assertEquals(1, write("third", "d").getFirst().index(), "and the log goes on");
  }

  @Test
  void aTransactionWithoutEntriesCommits() throws Exception {
    write("alone");

    assertEquals(Set.of("alone"), deeds());
    assertEquals(0, log.freshness().size());
  }

  @Test
  void aSealedLogTakesNothingOfIt() throws Exception {
    log.seal();

    SQLException refused = assertThrows(SQLException.class, () -> write("late", "a"));

    assertEquals(TransparencyLog.SEALED, refused.getSQLState());
    assertEquals(Set.of(), deeds());
  }

  @Test
  void whatIsKeptForTheCommitIsDoneWithIt() throws Exception {
    assertEquals(0, atCommit(log, "first", "a"));
    assertEquals(1, atCommit(log, "second", "b"));
    log.write(
        transaction -> {
          transaction.atCommit(new Deed("alone"));
          return places -> places;
        });

    assertEquals(Set.of("first", "second", "alone"), deeds());
  }

  @Test
  void nothingIsWrittenWhereWhatIsKeptForTheCommitIsRefused() throws Exception {
    atCommit(log, "first", "a");

    SQLException refused =
        assertThrows(SQLException.class, () -> atCommit(log, "first", "b"), "the name is taken");

    assertEquals("23505", refused.getSQLState());
    assertEquals(1, log.freshness().size());
    assertEquals(1, atCommit(log, "second", "c"), "and the log goes on");
  }

  @Test
  void aHeadThatAnotherReplicaMovedIsFoundOut() throws Exception {
    atCommit(log, "first", "a");
    try (TransparencyLog other = TransparencyLog.open(database, settings)) {
      assertEquals(1, atCommit(other, "second", "b"), "known when it was opened");
      assertEquals(2, atCommit(log, "third", "c"), "moved meanwhile");
      assertEquals(3, atCommit(log, "fourth", "d"), "and known again");
      assertEquals(4, atCommit(other, "fifth", "e"));
    }
    assertEquals(5, deeds().size());
    verifyAll(5);
  }

  @Test
  void aLogThatWasSetBackTakesNothing() throws Exception {
    atCommit(log, "first", "a");
    byte[] before = log.signedCheckpoint();
    atCommit(log, "second", "b");
    try (Connection connection = database.getConnection();
        PreparedStatement back =
            connection.prepareStatement("UPDATE transparency_log SET size = 1, checkpoint = ?")) {
      back.setBytes(1, before);
      back.executeUpdate();
    }

    assertThrows(LogException.class, () -> atCommit(log, "third", "c"));
    assertEquals(Set.of("first", "second"), deeds());
  }

  @Test
  void tilesAreFinishedOnTheWay() throws Exception {
    for (int i = 0; i < 3; i++) {
      List<byte[]> many = new ArrayList<>();
      for (int j = 0; j < 200; j++) {
        many.add(bytes("entry " + i + " " + j));
      }
      log.write(
          transaction -> {
            transaction.append(many);
            return places -> places;
          });
    }
    verifyAll(600);
  }

  private void verifyAll(long size) throws Exception {
    assertEquals(
        size,
        LogVerifier.verify(
                path -> log.read(path).map(LogResource::bytes),
                LogExpectation.of(Policy.ofLogs(signer.verifierKey())))
            .checkpoint()
            .size());
  }

  private record Deed(String name) implements PendingEntry.Companion {
    @Override
    public String sql() {
      return "INSERT INTO deed (name) VALUES (?)";
    }

    @Override
    public int bind(PreparedStatement statement, int from) throws SQLException {
      statement.setString(from, name);
      return from + 1;
    }
  }

  private static long atCommit(TransparencyLog replica, String name, String entry)
      throws SQLException {
    return replica.write(
        transaction -> {
          transaction.append(List.of(bytes(entry)));
          transaction.atCommit(new Deed(name));
          return places -> places.getFirst().index();
        });
  }

  @Test
  void transactionsAndStepsOfTwoReplicasMakeOneLog() throws Exception {
    Set<Long> indices = new HashSet<>();
    try (TransparencyLog other = TransparencyLog.open(database, settings);
        ExecutorService callers = Executors.newFixedThreadPool(12)) {
      List<Future<Long>> answers = new ArrayList<>();
      for (int i = 0; i < 240; i++) {
        TransparencyLog replica = i % 2 == 0 ? log : other;
        String name = "deed " + i;
        Callable<Long> call =
            switch (i % 3) {
              case 0 -> () -> awaited(replica, name);
              case 1 -> () -> write(replica, name);
              default -> () -> atCommit(replica, name, name);
            };
        answers.add(callers.submit(call));
      }
      for (Future<Long> each : answers) {
        indices.add(each.get());
      }
    }
    assertEquals(240, indices.size());
    assertEquals(240, deeds().size());
    verifyAll(240);
  }

  private static long write(TransparencyLog replica, String name) throws SQLException {
    return replica.write(
        transaction -> {
          transaction.append(List.of(bytes(name)));
          insert(transaction.connection(), name);
          return places -> places.getFirst().index();
        });
  }

  private long awaited(TransparencyLog replica, String name) throws SQLException {
    PendingEntry pending;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, name);
      pending = replica.appendAwaited(connection, List.of(bytes(name))).getFirst();
      connection.commit();
    }
    return replica.await(pending).index();
  }

  private List<LogTransaction.Place> write(String deed, String... entries) throws SQLException {
    return log.write(
        transaction -> {
          transaction.append(List.of(entries).stream().map(LogTransactionTest::bytes).toList());
          insert(transaction.connection(), deed);
          return ArrayList::new;
        });
  }

  private static void insert(Connection connection, String deed) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO deed (name) VALUES (?)")) {
      insert.setString(1, deed);
      insert.executeUpdate();
    }
  }

  private Set<String> deeds() throws SQLException {
    Set<String> names = new HashSet<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM deed")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
