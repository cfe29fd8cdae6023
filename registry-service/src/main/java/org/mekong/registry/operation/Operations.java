package org.mekong.registry.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.transaction.Transaction;

/**
 * First outcomes. The key is claimed by an insert in the transaction that does the work: a second
 * request with the key waits there until the first has committed, and then finds its outcome; when
 * the first failed, the second does the work.
 */
@ApplicationScoped
public class Operations {

  private static final String CLAIM =
      "insert into operation (caller, idempotency_key, request_digest, created_at)"
          + " values (?, ?, ?, ?) on conflict do nothing";
  private static final String FIND =
      "select request_digest, status, location, body from operation"
          + " where caller = ? and idempotency_key = ?";
  private static final String RECORD =
      "update operation set status = ?, location = ?, body = ?"
          + " where caller = ? and idempotency_key = ?";

  private final Clock clock;
  private final DataSource database;
  private final ObjectMapper json;

  Operations(Clock clock, DataSource database, ObjectMapper json) {
    this.clock = clock;
    this.database = database;
    this.json = json;
  }

  /** Work that makes something. */
  @FunctionalInterface
  public interface Work {

    /** Does it, in the transaction that also keeps its outcome. */
    Outcome run(Connection transaction) throws SQLException;
  }

  /** SHA-256 of a request, by the members of its record. */
  public byte[] digest(Object... request) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Does the work once for a key and returns its first outcome to all who bring that key. Where two
   * wait for each other, or wrote what the other did not see, one of them is done again.
   *
   * @param digest SHA-256 of the request, so that a key is not used for two
   */
  public Outcome once(OperationKey key, byte[] digest, Work work) throws SQLException {
    return Contention.resolved(
        () ->
            Transaction.of(
                database,
                transaction ->
                    claim(transaction, key, digest)
                        ? keep(transaction, key, work.run(transaction))
                        : first(transaction, key, digest)));
  }

  /** Does the work and leaves no trace of it: what would come of it. */
  public Outcome tried(Work work) throws SQLException {
    return Contention.resolved(() -> Transaction.tried(database, work::run));
  }

  /** The outcome of a key, if its work was done. */
  public Optional<Outcome> find(OperationKey key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, key.caller());
      select.setString(2, key.key());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(outcome(row)) : Optional.empty();
      }
    }
  }

  private boolean claim(Connection transaction, OperationKey key, byte[] digest)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(CLAIM)) {
      insert.setString(1, key.caller());
      insert.setString(2, key.key());
      insert.setBytes(3, digest);
      insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  private static Outcome keep(Connection transaction, OperationKey key, Outcome outcome)
      throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(RECORD)) {
      update.setInt(1, outcome.status());
      update.setString(2, outcome.location().toString());
      update.setString(3, outcome.body());
      update.setString(4, key.caller());
      update.setString(5, key.key());
      update.executeUpdate();
      return outcome;
    }
  }

  private static Outcome first(Connection transaction, OperationKey key, byte[] digest)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(FIND)) {
      select.setString(1, key.caller());
      select.setString(2, key.key());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("An operation was claimed and is not there");
        }
        if (!MessageDigest.isEqual(row.getBytes("request_digest"), digest)) {
          throw Problem.IDEMPOTENCY_KEY_REUSED.because(
              "The first request with this key had another content.");
        }
        return outcome(row);
      }
    }
  }

  private static Outcome outcome(ResultSet row) throws SQLException {
    return new Outcome(
        row.getInt("status"), URI.create(row.getString("location")), row.getString("body"));
  }
}
