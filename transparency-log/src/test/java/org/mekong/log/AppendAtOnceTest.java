package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.NoteSigner;

class AppendAtOnceTest {
  private static final String ORIGIN = "vn.mekong.example/identity/2026";

  private final LogSettings settings =
      new LogSettings(ORIGIN, NoteSigner.generate(ORIGIN), Clock.systemUTC());
  private DataSource database;

  /** Marks two things as used, in the caller's order. */
  private record Marks(int first, int second) implements PendingEntry.Companion {
    @Override
    public String sql() {
      return "INSERT INTO mark (number) VALUES (?), (?)";
    }

    @Override
    public int bind(PreparedStatement statement, int from) throws SQLException {
      statement.setInt(from, first);
      statement.setInt(from + 1, second);
      return from + 2;
    }
  }

  @BeforeEach
  void createTables() throws SQLException {
    database = LogTables.createIn("append_at_once");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS mark (number integer NOT NULL PRIMARY KEY)");
      statement.execute("DELETE FROM mark");
    }
  }

  @Test
  void writesTheEntryAndItsCompanionTogether() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        Connection connection = database.getConnection()) {
      PendingEntry pending = log.append(connection, new Marks(1, 2), entry(1));

      assertEquals(2, marks());
      assertArrayEquals(entry(1), log.await(pending).entry());
      assertEquals(ORIGIN, pending.origin());
    }
  }

  @Test
  void doesNothingWhereTheCompanionIsRefused() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        Connection connection = database.getConnection()) {
      PendingEntry first = log.append(connection, new Marks(1, 2), entry(1));

      SQLException refused =
          assertThrows(SQLException.class, () -> log.append(connection, new Marks(3, 2), entry(2)));

      assertTrue(refused.getSQLState().startsWith("23"), refused.getSQLState());
      assertEquals(2, marks());
      log.await(first);
      log.integrate();
      assertEquals(1, log.freshness().size());
      log.await(log.append(connection, new Marks(3, 4), entry(3))); // the connection goes on
      assertEquals(4, marks());
    }
  }

  @Test
  void doesNothingWhereTheLogIsSealed() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        Connection connection = database.getConnection()) {
      log.seal();

      SQLException refused =
          assertThrows(SQLException.class, () -> log.append(connection, new Marks(1, 2), entry(1)));

      assertTrue(refused.getSQLState().startsWith("23"), refused.getSQLState());
      assertEquals(0, marks());
    }
  }

  @Test
  void ofManyAtOnceWithTheSameMarkOneIsDone() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> attempt =
          () -> {
            try (Connection connection = database.getConnection()) {
              log.append(connection, new Marks(7, 8), entry(7));
              return true;
            } catch (SQLException refused) {
              return false;
            }
          };
      List<Future<Boolean>> attempts =
          IntStream.range(0, 12).mapToObj(i -> callers.submit(attempt)).toList();
      int done = 0;
      for (Future<Boolean> each : attempts) {
        done += each.get() ? 1 : 0;
      }
      log.integrate();

      assertEquals(1, done);
      assertEquals(1, log.freshness().size());
    }
  }

  /** What was appended before the seal is in the log; what came after left nothing. */
  @Test
  void sealingBetweenLosesNothingAndKeepsNothingBack() throws Exception {
    try (TransparencyLog log = TransparencyLog.open(database, settings);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> attempts =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      callers.submit(
                          () -> {
                            try (Connection connection = database.getConnection()) {
                              log.append(connection, new Marks(2 * i, 2 * i + 1), entry(i));
                              return true;
                            } catch (SQLException refused) {
                              return false;
                            }
                          }))
              .toList();
      log.seal();
      int done = 0;
      for (Future<Boolean> each : attempts) {
        done += each.get() ? 1 : 0;
      }

      assertEquals(done, log.freshness().size());
      assertEquals(2 * done, marks());
    }
  }

  private int marks() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM mark")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static byte[] entry(int number) {
    return ("entry " + number).getBytes(StandardCharsets.UTF_8);
  }
}
