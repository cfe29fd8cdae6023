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

  private final Optional<WitnessState> state;

  /**
   * Reads the cosigner key.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public PeersWitness(WitnessConfig config, Peers peers, DataSource database, Clock clock) {
    List<VerifierKey> logs =
        peers.all().stream()
            .flatMap(peer -> peer.logs().logs().stream())
            .map(Policy.Log::key)
            .toList();
    this.state =
        config.keyFile().map(file -> new WitnessState(database, cosigner(file), logs, clock));
  }

  /** The public key of this witness; empty where this gateway is none. */
  public Optional<VerifierKey> verifierKey() {
    return state.map(WitnessState::verifierKey);
  }

  /**
   * Answers {@code add-checkpoint}; empty where this gateway is no witness. What is cosigned is
   * durable before this returns.
   */
  Optional<AddCheckpointAnswer> addCheckpoint(byte[] body) throws SQLException {
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
