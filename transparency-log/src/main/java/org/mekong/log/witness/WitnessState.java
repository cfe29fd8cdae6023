package org.mekong.log.witness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mekong.log.merkle.InvalidProofException;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleProof;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.KeyType;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;

/**
 * A witness over PostgreSQL. The check of the old size and the record of the new checkpoint are one
 * transaction, committed before the cosignature is made. Several replicas may share one state.
 * Thread-safe.
 */
public final class WitnessState {
  private static final String REGISTER =
      "INSERT INTO log_witnessed (witness, origin, size, root_hash, checkpoint, cosigned_at)"
          + " VALUES (?, ?, 0, ?, '', ?) ON CONFLICT DO NOTHING";
  private static final String LATEST =
      "SELECT size, root_hash FROM log_witnessed WHERE witness = ? AND origin = ?";
  private static final String RECORD =
      "UPDATE log_witnessed SET size = ?, root_hash = ?, checkpoint = ?, cosigned_at = ?"
          + " WHERE witness = ? AND origin = ?";

  private final DataSource database;
  private final Cosigner cosigner;
  private final List<VerifierKey> logs;
  private final Clock clock;

  /**
   * @param database with the tables of {@code db/transparency-log} in it
   * @param cosigner this witness's key, which is no log's key
   * @param logs the keys of the logs that are cosigned; a key's name is the origin of its log
   */
  public WitnessState(
      DataSource database, Cosigner cosigner, Collection<VerifierKey> logs, Clock clock) {
    this.database = database;
    this.cosigner = cosigner;
    this.logs = List.copyOf(logs);
    this.clock = clock;
    for (VerifierKey log : logs) {
      if (log.type() != KeyType.LOG
          || Arrays.equals(log.publicKey(), cosigner.verifierKey().publicKey())) {
        throw new IllegalArgumentException(log.name() + " is not a log key, or is our own key");
      }
    }
  }

  /** The public key of this witness. */
  public VerifierKey verifierKey() {
    return cosigner.verifierKey();
  }

  /** Reads and answers the body of an {@code add-checkpoint} call. */
  public AddCheckpointAnswer addCheckpoint(byte[] body) throws SQLException {
    try {
      return addCheckpoint(AddCheckpointRequest.parse(body));
    } catch (NoteException e) {
      return AddCheckpointAnswer.Refused.malformed(e.getMessage());
    }
  }

  /** Answers an {@code add-checkpoint} call. */
  public AddCheckpointAnswer addCheckpoint(AddCheckpointRequest request) throws SQLException {
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.parse(request.checkpoint().text());
    } catch (NoteException e) {
      return AddCheckpointAnswer.Refused.malformed(e.getMessage());
    }
    Optional<AddCheckpointAnswer> refused = refuse(request, checkpoint);
    return refused.isPresent() ? refused.get() : record(request, checkpoint);
  }

  private Optional<AddCheckpointAnswer> refuse(
      AddCheckpointRequest request, Checkpoint checkpoint) {
    List<VerifierKey> trusted =
        logs.stream().filter(log -> log.name().equals(checkpoint.origin())).toList();
    if (trusted.isEmpty()) {
      return Optional.of(AddCheckpointAnswer.Refused.unknownOrigin());
    }
    try {
      if (!isSignedByOneOf(trusted, request.checkpoint())) {
        return Optional.of(
            AddCheckpointAnswer.Refused.unknownKey("no signature is by a key of the log"));
      }
    } catch (NoteException e) {
      return Optional.of(AddCheckpointAnswer.Refused.unknownKey(e.getMessage()));
    }
    return request.oldSize() > checkpoint.size()
        ? Optional.of(
            AddCheckpointAnswer.Refused.malformed(
                "the old size is larger than the size of the checkpoint"))
        : Optional.empty();
  }

  private static boolean isSignedByOneOf(List<VerifierKey> trusted, Note note)
      throws NoteException {
    for (VerifierKey key : trusted) {
      if (!note.signaturesOf(key).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private AddCheckpointAnswer record(AddCheckpointRequest request, Checkpoint checkpoint)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Instant now = clock.instant();
        Latest latest = lockLatest(connection, checkpoint.origin(), now);
        Optional<AddCheckpointAnswer> refused = judge(request, checkpoint, latest);
        if (refused.isPresent()) {
          connection.rollback();
          return refused.get();
        }
        update(connection, request.checkpoint(), checkpoint, now);
        connection.commit();
        return new AddCheckpointAnswer.Cosigned(
            List.of(cosigner.cosign(request.checkpoint().text(), now)));
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static Optional<AddCheckpointAnswer> judge(
      AddCheckpointRequest request, Checkpoint checkpoint, Latest latest) {
    if (request.oldSize() != latest.size()) {
      return Optional.of(new AddCheckpointAnswer.Conflict(latest.size()));
    }
    if (checkpoint.size() == latest.size() && !Arrays.equals(checkpoint.root(), latest.root())) {
      return Optional.of(new AddCheckpointAnswer.Conflict(latest.size()));
    }
    try {
      if (request.oldSize() == 0) {
        return request.proof().isEmpty()
            ? Optional.empty()
            : Optional.of(
                AddCheckpointAnswer.Refused.badProof("a proof from size 0 has to be empty"));
      }
      MerkleProof.verifyConsistency(
          latest.size(), checkpoint.size(), latest.root(), checkpoint.root(), request.proof());
      return Optional.empty();
    } catch (InvalidProofException e) {
      return Optional.of(AddCheckpointAnswer.Refused.badProof(e.getMessage()));
    }
  }

  /** The size of the latest checkpoint of a log that was cosigned; 0 when none was. */
  public long latestSize(String origin) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return latest(connection, origin, "").map(Latest::size).orElse(0L);
    }
  }

  private Latest lockLatest(Connection connection, String origin, Instant now) throws SQLException {
    Optional<Latest> found = latest(connection, origin, " FOR UPDATE");
    if (found.isPresent()) {
      return found.get();
    }
    try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
      insert.setString(1, verifierKey().toString());
      insert.setString(2, origin);
      insert.setBytes(3, MerkleHash.empty());
      insert.setObject(4, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    return latest(connection, origin, " FOR UPDATE").orElseThrow();
  }

  private Optional<Latest> latest(Connection connection, String origin, String lock)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LATEST + lock)) {
      select.setString(1, verifierKey().toString());
      select.setString(2, origin);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Latest(row.getLong(1), row.getBytes(2)))
            : Optional.empty();
      }
    }
  }

  private void update(Connection connection, Note note, Checkpoint checkpoint, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RECORD)) {
      update.setLong(1, checkpoint.size());
      update.setBytes(2, checkpoint.root());
      update.setBytes(3, note.bytes());
      update.setObject(4, now.atOffset(ZoneOffset.UTC));
      update.setString(5, verifierKey().toString());
      update.setString(6, checkpoint.origin());
      update.executeUpdate();
    }
  }

  private record Latest(long size, byte[] root) {}
}
