package org.mekong.resourceserver.singleuse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * A single-use store in one PostgreSQL table ({@code db/resource-server}). The insert itself
 * decides: there is no check before it, and of two simultaneous inserts of one digest the second
 * waits for the first and then finds it there.
 */
public final class PostgresSingleUseStore implements SingleUseStore {
  private static final String INSERT =
      "INSERT INTO single_use (digest, expires_at) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING";
  private static final String INSERT_EACH =
      "INSERT INTO single_use (digest, expires_at)"
          + " SELECT * FROM unnest(?::bytea[], ?::timestamptz[])"
          + " ON CONFLICT (digest) DO NOTHING RETURNING digest";
  private static final String FORGET =
      "DELETE FROM single_use WHERE digest IN"
          + " (SELECT digest FROM single_use WHERE expires_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)";

  private final DataSource database;

  public PostgresSingleUseStore(DataSource database) {
    this.database = database;
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreUnavailable when the database does not answer: refuse the request with 503
   */
  @Override
  public void spend(SingleUse use, Instant until) throws AlreadyUsed {
    try (Connection connection = database.getConnection()) {
      spend(connection, use, until);
    } catch (SQLException unavailable) {
      throw new StoreUnavailable(unavailable);
    }
  }

  /**
   * Uses the thing within the caller's transaction: it is used if and when that commits. A
   * simultaneous attempt waits for that outcome.
   */
  public static void spend(Connection connection, SingleUse use, Instant until)
      throws AlreadyUsed, SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, 1, use, until);
      if (insert.executeUpdate() == 0) {
        throw new AlreadyUsed(use);
      }
    }
  }

  /**
   * Uses several proofs within the caller's transaction, in one message to the database: each is
   * used if and when that commits. In the order of their digests, so that no two such transactions
   * wait for each other.
   *
   * @return those that were used before, or that stand twice among these: all but one of them
   */
  public static Set<FreshProof> spendEach(Connection connection, List<FreshProof> proofs)
      throws SQLException {
    TreeMap<byte[], FreshProof> first = new TreeMap<>(Arrays::compareUnsigned);
    Set<FreshProof> refused = Collections.newSetFromMap(new IdentityHashMap<>());
    for (FreshProof proof : proofs) {
      if (first.putIfAbsent(proof.use().digest(), proof) != null) {
        refused.add(proof);
      }
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT_EACH)) {
      insert.setArray(1, connection.createArrayOf("bytea", first.keySet().toArray(byte[][]::new)));
      insert.setArray(
          2,
          connection.createArrayOf(
              "timestamptz",
              first.values().stream().map(proof -> proof.until().toString()).toArray()));
      try (ResultSet spent = insert.executeQuery()) {
        while (spent.next()) {
          first.remove(spent.getBytes(1));
        }
      }
    }
    refused.addAll(first.values());
    return refused;
  }

  /**
   * SQL that uses so many things or fails as a whole, by an error of class 23: to be sent together
   * with what depends on it.
   *
   * @param condition what else has to hold, as an SQL expression; its parameters come first
   */
  public static String spendingOrFailing(int things, String condition) {
    return "INSERT INTO single_use (digest, expires_at) VALUES (CASE WHEN "
        + condition
        + " THEN ?::bytea END, ?)"
        + ", (?, ?)".repeat(things - 1);
  }

  /**
   * Sets two parameters for a thing: its digest and when it may be forgotten.
   *
   * @return the index after them
   */
  public static int bind(PreparedStatement statement, int from, SingleUse use, Instant until)
      throws SQLException {
    statement.setBytes(from, use.digest());
    statement.setObject(from + 1, until.atOffset(ZoneOffset.UTC));
    return from + 2;
  }

  /**
   * Forgets up to {@code limit} things that became worthless before {@code now}; replicas may call
   * it at the same time. Keep {@code now} behind the clock by more than the clocks of the replicas
   * differ.
   *
   * @return how many were forgotten
   */
  public int forget(Instant now, int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, now.atOffset(ZoneOffset.UTC));
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }
}
