package org.mekong.gateway.witness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.WitnessConfig;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.witness.AddCheckpointAnswer;
import org.mekong.log.witness.AddCheckpointRequest;
import org.mekong.log.witness.WitnessState;

/**
 * This gateway as the witness of its peers' logs. Replicas share what was cosigned through the
 * database.
 */
@ApplicationScoped
public class PeersWitness {

  private static final String COSIGNED =
      "SELECT checkpoint FROM log_witnessed WHERE witness = ? AND origin = ? AND size > 0";

  private static final Logger LOG = Logger.getLogger(PeersWitness.class);
  private static final Set<Integer> NOT_CONTINUED = Set.of(409, 422);

  private final Optional<Cosigner> cosigner;
  private final Peers peers;
  private final DataSource database;
  private final Clock clock;

  @Inject Event<NotContinued> notContinued;

  private volatile @Nullable Watched watched;

  /** The logs that are cosigned, which change with the peers. */
  private record Watched(List<VerifierKey> logs, WitnessState state) {}

  /**
   * Reads the cosigner key.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public PeersWitness(WitnessConfig config, Peers peers, DataSource database, Clock clock) {
    this.cosigner = config.keyFile().map(PeersWitness::cosigner);
    this.peers = peers;
    this.database = database;
    this.clock = clock;
  }

  /** The state over the logs of the peers as they are now, suspended ones too. */
  private Optional<WitnessState> state() {
    if (cosigner.isEmpty()) {
      return Optional.empty();
    }
    List<VerifierKey> logs =
        peers.pinned().stream()
            .flatMap(peer -> peer.logs().logs().stream())
            .map(Policy.Log::key)
            .toList();
    Watched now = watched;
    if (now == null || !now.logs().equals(logs)) {
      now = new Watched(logs, new WitnessState(database, cosigner.get(), logs, clock));
      watched = now;
    }
    return Optional.of(now.state());
  }

  /** The public key of this witness; empty where this gateway is none. */
  public Optional<VerifierKey> verifierKey() {
    return cosigner.map(Cosigner::verifierKey);
  }

  /**
   * Answers {@code add-checkpoint}; empty where this gateway is no witness. What is cosigned is
   * durable before this returns.
   */
  Optional<AddCheckpointAnswer> addCheckpoint(byte[] body) throws SQLException {
    Optional<WitnessState> state = state();
    if (state.isEmpty()) {
      return Optional.empty();
    }
    AddCheckpointAnswer answer = state.get().addCheckpoint(body);
    if (NOT_CONTINUED.contains(answer.status())) {
      tell(body);
    }
    return Optional.of(answer);
  }

  private void tell(byte[] body) {
    try {
      notContinued.fire(new NotContinued(AddCheckpointRequest.parse(body).checkpoint()));
    } catch (NoteException e) {
      LOG.debug("No checkpoint", e);
    }
  }

  /** The latest checkpoint of a peer's log that was cosigned, with the log's signature. */
  public Optional<Note> cosigned(String origin) throws SQLException {
    if (cosigner.isEmpty()) {
      return Optional.empty();
    }
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(COSIGNED)) {
      select.setString(1, cosigner.get().verifierKey().toString());
      select.setString(2, origin);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Note.parse(row.getBytes(1))) : Optional.empty();
      }
    } catch (NoteException e) {
      throw new SQLException("a cosigned checkpoint cannot be read", e);
    }
  }

  private static Cosigner cosigner(Path file) {
    try {
      return Cosigner.parse(Files.readString(file).strip());
    } catch (IOException e) {
      throw new IllegalStateException("gateway.witness.key-file: cannot read " + file, e);
    } catch (NoteException e) {
      throw new IllegalStateException(
          "gateway.witness.key-file: " + file + " holds no cosigner key", e);
    }
  }
}
