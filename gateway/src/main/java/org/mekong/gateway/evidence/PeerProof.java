package org.mekong.gateway.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.transport.Callers;
import org.mekong.log.tile.UrlSource;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.PublishedProof;
import org.mekong.log.verify.TlogProof;
import org.mekong.log.verify.VerifiedEntry;

/**
 * Proves a peer's entry again from what its log publishes: the receipt that came with the answer is
 * under a checkpoint that no witness had seen yet.
 */
@ApplicationScoped
class PeerProof {

  private static final Logger LOG = Logger.getLogger(PeerProof.class);
  private static final Duration WITHIN = Duration.ofSeconds(3);

  private final HttpClient client;

  @Inject
  PeerProof(Callers callers) {
    this.client = callers.client();
  }

  /** Whether a receipt carries more signatures than that of its log. */
  static boolean isCosigned(String receipt) {
    try {
      return TlogProof.parse(receipt).checkpoint().signatures().size() > 1;
    } catch (ProofException e) {
      return false;
    }
  }

  /** The proof under the newest checkpoint; empty where the peer's log cannot be read now. */
  Optional<String> renewed(Peer peer, String receipt) {
    try {
      VerifiedEntry entry = ProofVerifier.verify(receipt, peer.logs());
      String year = entry.origin().substring(entry.origin().lastIndexOf('/') + 1);
      URI prefix = peer.url().resolve("/log/" + year);
      TlogProof proof =
          PublishedProof.of(
              new UrlSource(client, prefix, WITHIN), entry.index(), entry.entry(), peer.logs());
      return Optional.of(proof.text());
    } catch (ProofException | IOException | IllegalArgumentException e) {
      LOG.debugf("The log of %s does not prove anew: %s", peer.nation(), e.getMessage());
      return Optional.empty();
    }
  }
}
