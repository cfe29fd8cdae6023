package org.mekong.log.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.LogTables;

class CommitmentsTest {
  private static final String PERSON = "019aa2f4-7c1e-7cc3-98c4-dc0c0c07398f";
  private static final String OTHER = "019aa2f4-7c1e-7cc3-98c4-dc0c0c073990";
  private static final String REQUEST = "019aa300-0000-7000-8000-000000000001";
  private static final String SECOND_REQUEST = "019aa300-0000-7000-8000-000000000002";

  private final SecretKey keyEncryptionKey = new SecretKeySpec(MonthKey.randomBytes(), "AES");
  private Instant now = Instant.parse("2026-11-21T09:30:00Z");
  private DataSource database;
  private Connection connection;
  private Commitments commitments;

  @BeforeEach
  void createTables() throws SQLException {
    database = LogTables.createIn("commitments");
    connection = database.getConnection();
    commitments = at(now);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private Commitments at(Instant instant) {
    return new Commitments(
        new MonthKeys(database, keyEncryptionKey, Clock.fixed(instant, ZoneOffset.UTC)));
  }

  @Test
  void opensOnlyToTheSubjectAndRequestItWasMadeFor() throws SQLException {
    Commitment commitment = commitments.commit(connection, PERSON, REQUEST);

    Opening opening = commitments.open(connection, commitment).orElseThrow();

    assertEquals(PERSON, opening.subject());
    assertTrue(commitment.isOpenedBy(opening.key(), PERSON, REQUEST));
    assertFalse(commitment.isOpenedBy(opening.key(), OTHER, REQUEST));
    assertFalse(commitment.isOpenedBy(opening.key(), PERSON, SECOND_REQUEST));
    assertFalse(commitment.isOpenedBy(new byte[32], PERSON, REQUEST));
    assertEquals(commitment, Commitment.parse(commitment.text()));
  }

  @Test
  void neverCommitsTwiceTheSame() throws SQLException {
    assertNotEquals(
        commitments.commit(connection, PERSON, REQUEST),
        commitments.commit(connection, PERSON, REQUEST));
  }

  /**
   * As when every connection of a pool is held by a transaction that is about to commit to
   * somebody.
   */
  @Test
  void needsNoSecondConnectionWithinATransactionThatWasPrepared() throws SQLException {
    LimitedDatabase limited = new LimitedDatabase(database);
    AtomicReference<Instant> time = new AtomicReference<>(now);
    Clock clock = movedBy(time);
    Commitments prepared =
        new Commitments(new MonthKeys(limited.source(), keyEncryptionKey, clock));
    for (int seconds : List.of(0, 29, 31, 59, 61, 89, 91, 3_600)) {
      time.set(now.plusSeconds(seconds));
      limited.allow(1);
      prepared.prepare();
      limited.allow(0);
      time.set(now.plusSeconds(seconds + 29));
      prepared.commit(connection, PERSON, REQUEST);
    }
  }

  private static Clock movedBy(AtomicReference<Instant> time) {
    return new Clock() {
      @Override
      public Instant instant() {
        return time.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** A database that gives so many connections and refuses every further one. */
  private static final class LimitedDatabase {
    private final DataSource database;
    private int left;

    LimitedDatabase(DataSource database) {
      this.database = database;
    }

    void allow(int connections) {
      left = connections;
    }

    DataSource source() {
      return (DataSource)
          Proxy.newProxyInstance(
              DataSource.class.getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("getConnection") && left-- <= 0) {
                  throw new SQLException("every connection is held");
                }
                return method.invoke(database, arguments);
              });
    }
  }

  @Test
  void refusesARequestIdOfAnotherLength() {
    assertThrows(IllegalArgumentException.class, () -> commitments.commit(connection, PERSON, "7"));
  }

  @Test
  void storesNoSubjectInTheClear() throws SQLException {
    commitments.commit(connection, PERSON, REQUEST);

    assertFalse(dump().contains(PERSON));
    assertFalse(dump().contains(hex(PERSON)));
  }

  @Test
  void erasesOnePersonOverSeveralMonthsAndNobodyElse() throws SQLException {
    Commitment first = commitments.commit(connection, PERSON, REQUEST);
    Commitment kept = commitments.commit(connection, OTHER, REQUEST);
    Commitments nextMonth = at(now.plus(Duration.ofDays(31)));
    Commitment second = nextMonth.commit(connection, PERSON, SECOND_REQUEST);

    assertEquals(2, nextMonth.erase(connection, PERSON));

    assertEquals(Optional.empty(), commitments.open(connection, first));
    assertEquals(Optional.empty(), commitments.open(connection, second));
    assertTrue(commitments.open(connection, kept).isPresent());
  }

  /** After erasure nothing in the database, the backup of that day and the log leads back. */
  @Test
  void leavesNothingInDatabaseBackupAndLogThatLeadsBackAfterErasure() throws SQLException {
    Commitment commitment = commitments.commit(connection, PERSON, REQUEST);
    Commitment kept = commitments.commit(connection, OTHER, REQUEST);
    execute("CREATE TABLE backup AS SELECT * FROM log_commitment");

    commitments.erase(connection, PERSON);
    commitments.renewKeys();
    Commitments later = at(now.plus(MonthKeys.GRACE));
    assertEquals(1, later.forgetRetiredKeys(connection));

    assertEquals(Optional.empty(), later.open(connection, commitment));
    assertEquals(OTHER, later.open(connection, kept).orElseThrow().subject());
    assertFalse(dump().contains(PERSON));
    // The backup of that day comes back: no key that still exists opens what it holds.
    execute("DELETE FROM log_commitment; INSERT INTO log_commitment SELECT * FROM backup");
    assertEquals(Optional.empty(), later.open(connection, commitment));
    assertEquals(0, later.erase(connection, PERSON), "nor finds it by its subject");
  }

  @Test
  void doesNotForgetKeysThatOtherReplicasMayStillUse() throws SQLException {
    Commitment commitment = commitments.commit(connection, PERSON, REQUEST);
    commitments.renewKeys();

    assertEquals(0, commitments.forgetRetiredKeys(connection));
    assertTrue(commitments.open(connection, commitment).isPresent());
  }

  @Test
  void commitsWithTheCallersTransactionOrNotAtAll() throws SQLException {
    connection.setAutoCommit(false);
    Commitment commitment = commitments.commit(connection, PERSON, REQUEST);
    connection.rollback();

    assertEquals(Optional.empty(), commitments.open(connection, commitment));
  }

  @Test
  void refusesAnotherKeyEncryptionKey() throws SQLException {
    Commitment commitment = commitments.commit(connection, PERSON, REQUEST);
    SecretKey other = new SecretKeySpec(MonthKey.randomBytes(), "AES");
    Commitments stranger =
        new Commitments(new MonthKeys(database, other, Clock.fixed(now, ZoneOffset.UTC)));

    assertThrows(IllegalStateException.class, () -> stranger.open(connection, commitment));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String dump() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT coalesce(string_agg(c::text, ' '), '') FROM log_commitment c")) {
      row.next();
      return row.getString(1);
    }
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    text.chars().forEach(c -> hex.append(String.format("%02x", c)));
    return hex.toString();
  }
}
