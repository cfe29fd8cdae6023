package org.mekong.log.commitment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mekong.log.PendingEntry;

/**
 * Makes commitments, opens them and erases what opens them. Thread-safe.
 *
 * <p>The opening of each commitment has a random key of its own and lies in an ordinary table,
 * sealed under the key of its month. Erasing a person deletes their openings at once: nothing in
 * the database and in the log leads back. A backup made before still holds them, until {@link
 * #renewKeys} and, two minutes later, {@link #forgetRetiredKeys} have destroyed the month key that
 * sealed them: run these two on the schedule that the law sets for backups.
 */
public final class Commitments {
  private static final int REQUEST_ID_LENGTH = 36;
  private static final int REWRAP_BATCH = 1_000;
  private static final String INSERT =
      "INSERT INTO log_commitment (commitment, key_id, subject_tag, sealed) VALUES (?, ?, ?, ?)";
  private static final String INSERT_MANY =
      "INSERT INTO log_commitment (commitment, key_id, subject_tag, sealed)"
          + " SELECT c, k, t, s FROM (SELECT unnest(?::bytea[]) AS c, ?::uuid AS k,"
          + " unnest(?::bytea[]) AS t, unnest(?::bytea[]) AS s) many";
  private static final String OPEN =
      "SELECT key_id, sealed FROM log_commitment WHERE commitment = ?";
  private static final String ERASE =
      "DELETE FROM log_commitment WHERE key_id = ? AND subject_tag = ?";
  private static final String ERASE_THESE =
      "DELETE FROM log_commitment WHERE commitment = ANY (?::bytea[])";
  private static final String UNDER =
      "SELECT commitment, sealed FROM log_commitment WHERE key_id = ? LIMIT " + REWRAP_BATCH;
  private static final String REWRAP =
      "UPDATE log_commitment SET key_id = ?, subject_tag = ?, sealed = ? WHERE commitment = ?";

  private final MonthKeys keys;

  public Commitments(MonthKeys keys) {
    this.keys = keys;
  }

  /**
   * Gets ready what {@link #commit} needs of the database beside the caller's transaction. Call it
   * before that transaction begins, so that nobody waits for a second connection while they hold
   * one.
   */
  public void prepare() throws SQLException {
    keys.prepare();
  }

  /**
   * Commits to a subject in the caller's transaction.
   *
   * @param subject the opaque id of a person
   * @param requestId a UUID as text; its fixed length keeps subject and request apart
   */
  public Commitment commit(Connection callersTransaction, String subject, String requestId)
      throws SQLException {
    return commit(callersTransaction, List.of(new Asked(subject, requestId))).getFirst();
  }

  /**
   * That a request asked about a subject.
   *
   * @param subject the opaque id of a person
   * @param requestId a UUID as text; its fixed length keeps subject and request apart
   */
  public record Asked(String subject, String requestId) {
    public Asked {
      if (requestId.length() != REQUEST_ID_LENGTH) {
        throw new IllegalArgumentException("a request id is a UUID of 36 characters");
      }
    }
  }

  /**
   * Commitments that are not kept yet.
   *
   * @param made in the order of what was asked
   * @param keeping what keeps them; until it is done nobody can open them
   */
  public record Made(List<Commitment> made, PendingEntry.Companion keeping) {}

  /**
   * Commits to several subjects, in one message to the database.
   *
   * @return in the order of what was asked
   */
  public List<Commitment> commit(Connection callersTransaction, List<Asked> asked)
      throws SQLException {
    Made made = make(asked);
    made.keeping().run(callersTransaction);
    return made.made();
  }

  /**
   * Makes commitments to subjects.
   *
   * @param asked at least one
   */
  public Made make(List<Asked> asked) throws SQLException {
    MonthKey monthKey = keys.current();
    List<Commitment> made = new ArrayList<>();
    int count = asked.size();
    byte[][] committed = new byte[count][];
    byte[][] tags = new byte[count][];
    byte[][] sealed = new byte[count][];
    for (int i = 0; i < count; i++) {
      String subject = asked.get(i).subject();
      Opening opening = new Opening(MonthKey.randomBytes(), subject);
      Commitment commitment =
          new Commitment(MonthKey.commitment(opening.key(), subject, asked.get(i).requestId()));
      made.add(commitment);
      committed[i] = commitment.bytes();
      tags[i] = monthKey.subjectTag(subject);
      sealed[i] = monthKey.seal(commitment, opening);
    }
    return new Made(made, new Keeping(monthKey.id(), committed, tags, sealed));
  }

  private static final class Keeping implements PendingEntry.Companion {
    private final UUID key;
    private final byte[][] committed;
    private final byte[][] tags;
    private final byte[][] sealed;

    Keeping(UUID key, byte[][] committed, byte[][] tags, byte[][] sealed) {
      this.key = key;
      this.committed = committed;
      this.tags = tags;
      this.sealed = sealed;
    }

    @Override
    public String sql() {
      return committed.length == 1 ? INSERT : INSERT_MANY;
    }

    @Override
    public int bind(PreparedStatement insert, int from) throws SQLException {
      insert.setObject(from + 1, key);
      if (committed.length == 1) {
        insert.setBytes(from, committed[0]);
        insert.setBytes(from + 2, tags[0]);
        insert.setBytes(from + 3, sealed[0]);
      } else {
        Connection connection = insert.getConnection();
        insert.setArray(from, connection.createArrayOf("bytea", committed));
        insert.setArray(from + 2, connection.createArrayOf("bytea", tags));
        insert.setArray(from + 3, connection.createArrayOf("bytea", sealed));
      }
      return from + 4;
    }
  }

  /** What opens a commitment; empty when it was erased or is not ours. */
  public Optional<Opening> open(Connection connection, Commitment commitment) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OPEN)) {
      select.setBytes(1, commitment.bytes());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        byte[] sealed = row.getBytes(2);
        return keys.find(row.getObject(1, UUID.class)).map(key -> key.open(commitment, sealed));
      }
    }
  }

  /**
   * Erases what leads to a subject, in the caller's transaction.
   *
   * @return how many commitments nobody can open any more
   */
  public int erase(Connection callersTransaction, String subject) throws SQLException {
    int erased = 0;
    try (PreparedStatement delete = callersTransaction.prepareStatement(ERASE)) {
      for (MonthKeys.Stored stored : keys.all()) {
        delete.setObject(1, stored.key().id());
        delete.setBytes(2, stored.key().subjectTag(subject));
        erased += delete.executeUpdate();
      }
    }
    return erased;
  }

  /**
   * Erases what opens these commitments, in the caller's transaction.
   *
   * @return how many could be opened until now
   */
  public int erase(Connection callersTransaction, Collection<Commitment> commitments)
      throws SQLException {
    try (PreparedStatement delete = callersTransaction.prepareStatement(ERASE_THESE)) {
      byte[][] these = commitments.stream().map(Commitment::bytes).toArray(byte[][]::new);
      delete.setArray(1, callersTransaction.createArrayOf("bytea", these));
      return delete.executeUpdate();
    }
  }

  /** Retires the present month keys: from now on others seal. */
  public void renewKeys() throws SQLException {
    keys.retireAll();
  }

  /**
   * Seals what is left under keys retired more than two minutes ago anew, and destroys those keys.
   * Commits in batches. It may be repeated at any time, also after it was interrupted.
   *
   * @param connection in no transaction
   * @return how many keys were destroyed
   */
  public int forgetRetiredKeys(Connection connection) throws SQLException {
    int destroyed = 0;
    for (MonthKeys.Stored stored : keys.all()) {
      boolean due =
          stored
              .retiredAt()
              .map(at -> !keys.clock().instant().isBefore(at.plus(MonthKeys.GRACE)))
              .orElse(false);
      if (due) {
        while (rewrap(connection, stored.key()) > 0) {
          // until nothing is left under it
        }
        keys.destroy(stored.key().id());
        destroyed++;
      }
    }
    return destroyed;
  }

  private int rewrap(Connection connection, MonthKey old) throws SQLException {
    MonthKey fresh = keys.current();
    List<Commitment> commitments = new ArrayList<>();
    List<Opening> openings = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(UNDER)) {
      select.setObject(1, old.id());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Commitment commitment = new Commitment(rows.getBytes(1));
          commitments.add(commitment);
          openings.add(old.open(commitment, rows.getBytes(2)));
        }
      }
    }
    connection.setAutoCommit(false);
    try (PreparedStatement update = connection.prepareStatement(REWRAP)) {
      for (int i = 0; i < commitments.size(); i++) {
        update.setObject(1, fresh.id());
        update.setBytes(2, fresh.subjectTag(openings.get(i).subject()));
        update.setBytes(3, fresh.seal(commitments.get(i), openings.get(i)));
        update.setBytes(4, commitments.get(i).bytes());
        update.addBatch();
      }
      update.executeBatch();
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
    return commitments.size();
  }
}
