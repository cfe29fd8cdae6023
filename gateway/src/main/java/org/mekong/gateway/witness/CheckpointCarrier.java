package org.mekong.gateway.witness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.transport.Reply;
import org.mekong.gateway.transport.TransportException;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.NoteException;
import org.mekong.log.witness.AddCheckpointRequest;

/** Carries checkpoints of this node's three logs through the only door between countries. */
@ApplicationScoped
class CheckpointCarrier {

  private static final Logger LOG = Logger.getLogger(CheckpointCarrier.class);
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final Peers peers;
  private final String originPrefix;

  @Inject
  CheckpointCarrier(Peers peers, @ConfigProperty(name = "mekong.nation") String nation) {
    this.peers = peers;
    this.originPrefix = nation.toLowerCase(Locale.ROOT) + ".mekong.example/";
  }

  /** What became of a checkpoint. */
  sealed interface Carried {
    /** The peer answered. */
    record Answered(int status, byte[] body, String mediaType) implements Carried {}

    /** It is no checkpoint. */
    record Malformed(String reason) implements Carried {}

    /** It is not of this node, or the country is no peer. */
    record NotOurs() implements Carried {}

    /** The peer did not answer. */
    record Unreachable() implements Carried {}
  }

  Carried carry(String country, byte[] body) {
    Optional<Peer> peer = peers.pinned(country);
    try {
      AddCheckpointRequest request = AddCheckpointRequest.parse(body);
      Checkpoint checkpoint = Checkpoint.parse(request.checkpoint().text());
      if (peer.isEmpty() || !checkpoint.origin().startsWith(originPrefix)) {
        return new Carried.NotOurs();
      }
    } catch (NoteException e) {
      return new Carried.Malformed(e.getMessage());
    }
    return post(peer.get(), body);
  }

  private static Carried post(Peer peer, byte[] body) {
    URI target = peer.url().resolve("/witness/add-checkpoint");
    try {
      Reply reply =
          peer.caller()
              .post(
                  target,
                  Map.of("Content-Type", "text/plain; charset=utf-8"),
                  body,
                  WITHIN,
                  LONGEST_ANSWER);
      return new Carried.Answered(reply.status(), reply.body(), reply.mediaType());
    } catch (TransportException e) {
      LOG.debugf("The witness of %s does not answer: %s", peer.nation(), e.getMessage());
      return new Carried.Unreachable();
    }
  }
}
