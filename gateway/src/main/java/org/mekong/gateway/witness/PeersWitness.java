package org.mekong.gateway.witness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.WitnessConfig;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.witness.AddCheckpointAnswer;
import org.mekong.log.witness.WitnessState;

/**
 * This gateway as the witness of its peers' logs. Replicas share what was cosigned through the
 * database.
 */
@ApplicationScoped
public class PeersWitness {

  private final Optional<Cosigner> cosigner;
  private final Peers peers;
  private final DataSource database;
  private final Clock clock;
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
    return state.isEmpty() ? Optional.empty() : Optional.of(state.get().addCheckpoint(body));
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
